<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("apiTokenNotice.body." + kind, count, realmName)}</p>
<ul>
<#list tokens as token>
  <li>
    <strong><bdi>${token.name}</bdi></strong> (<code>qh_${token.prefix}…</code>)<br>
    ${msg("apiTokenNotice.scopes")} ${token.scopes}<br>
    <#if token.organization?has_content>${msg("apiTokenNotice.organization")} <bdi>${token.organization}</bdi><br></#if>
    <#if token.foundIn?has_content>${msg("apiTokenNotice.foundIn")} ${token.foundIn}<br></#if>
    ${msg("apiTokenNotice.expires")} <#if token.expires?has_content>${token.expires}<#else>${msg("apiTokenNotice.never")}</#if>
  </li>
</#list>
<#if unnamed gt 0>
  <li>${msg("apiTokenNotice.unnamed", unnamed)}</li>
</#if>
</ul>
<p>${msg("apiTokenNotice.advice." + kind, count)}</p>
<#if link?has_content>
<p><a href="${link}">${msg("apiTokenNotice.page")}</a></p>
<#else>
<p>${msg("apiTokenNotice.where")}</p>
</#if>
</@layout.emailLayout>
