-- Posts the lines of a file as forms, in sequence, as the client qa-hub-api.
-- wrk … -s post.lua http://host:port/path -- <file> <Authorization header>
local requests = {}
local sent = 0

function init(args)
  local headers = {
    ["Content-Type"] = args[3] or "application/x-www-form-urlencoded",
    ["Authorization"] = args[2],
  }
  for line in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("POST", nil, headers, line)
  end
end

function request()
  sent = sent + 1
  return requests[sent % #requests + 1]
end

-- Requests, microseconds, bytes, responses other than 2xx or 3xx, broken connections, p50 and p99 in microseconds.
function done(summary, latency)
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
    summary.errors.status, broken, latency:percentile(50), latency:percentile(99)))
end
