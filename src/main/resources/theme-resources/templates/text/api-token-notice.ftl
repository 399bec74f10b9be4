<#ftl output_format="plainText">
${msg("apiTokenNotice.body." + kind, count, realmName)}

<#list tokens as token>
- ${token.name} (qh_${token.prefix}…)
  ${msg("apiTokenNotice.scopes")} ${token.scopes}
<#if token.organization?has_content>
  ${msg("apiTokenNotice.organization")} ${token.organization}
</#if>
<#if token.foundIn?has_content>
  ${msg("apiTokenNotice.foundIn")} ${token.foundIn}
</#if>
  ${msg("apiTokenNotice.expires")} <#if token.expires?has_content>${token.expires}<#else>${msg("apiTokenNotice.never")}</#if>
</#list>
<#if unnamed gt 0>
- ${msg("apiTokenNotice.unnamed", unnamed)}
</#if>

${msg("apiTokenNotice.advice." + kind, count)}

<#if link?has_content>
${msg("apiTokenNotice.page")}: ${link}
<#else>
${msg("apiTokenNotice.where")}
</#if>
