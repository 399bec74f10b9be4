-- Checks the networks of a token itself: mod_auth_openidc cannot state the caller's address when it introspects a token.
local EVERYWHERE = { ['0.0.0.0/0'] = false, ['::/0'] = true }

local function contains(r, network)
  -- Apache does not accept a prefix length of 0.
  if EVERYWHERE[network] ~= nil then
    return EVERYWHERE[network] == (r.useragent_ip:find(':', 1, true) ~= nil)
  end
  return network:match('^[%x.:]+/%d+$') and r:expr("-R '" .. network .. "'")
end

function is_allowed(r)
  if not r.user then
    return apache2.AUTHZ_DENIED_NO_USER
  end
  -- If the module does not pass on claims in the environment, it is unknown whether there are networks.
  if not r.subprocess_env['OIDC_CLAIM_sub'] then
    return apache2.AUTHZ_DENIED
  end
  local networks = r.subprocess_env['OIDC_CLAIM_allowed_networks']
  if not networks then
    return apache2.AUTHZ_GRANTED
  end
  for network in networks:gmatch('[^,]+') do
    if contains(r, network) then
      return apache2.AUTHZ_GRANTED
    end
  end
  return apache2.AUTHZ_DENIED
end
