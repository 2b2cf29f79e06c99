// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about the ten codes people know from other products.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array protocol_guide_en{
    guide_row{
        errc::oidc_login_error,
        "A step of the sign-in failed in a way that no other code names. The log line of the request says "
        "which.",
        "Look for the request ID in the log; `where` and `detail` name the step and what it found."
    },
    guide_row{
        errc::oidc_state_missing,
        "The callback was opened from a bookmark or the browser's history; the sign-in began in another "
        "browser or under another host name; the browser blocks cookies; `response_mode=form_post` over "
        "plain http on a host other than localhost, where browsers do not send the cookie; somebody tried a "
        "login CSRF.",
        "Make sure that people, the provider's redirect address and `server.public_url` use the same scheme "
        "and host. Use https. A single occurrence needs no action: signing in again works."
    },
    guide_row{
        errc::oidc_nonce_missing,
        "The provider does not copy `nonce` into the ID token, or the token belongs to another sign-in "
        "(replay).",
        "Check that the client is registered as an OpenID Connect client, not as a plain OAuth 2.0 one."
    },
    guide_row{
        errc::oidc_metadata_fetch_failure,
        "The provider is down; DNS, firewall or egress proxy; a certificate that is not trusted; "
        "`oidc.issuer` is mistyped; the document's `issuer` is not `oidc.issuer`, character for character.",
        "Run `sekisho check`: it fetches the document and shows the difference. Set `oidc.ca_file` for a "
        "private authority. Sign-in recovers by itself as soon as the document can be fetched."
    },
    guide_row{
        errc::oidc_received_no_code_or_token_failure,
        "The registered client does not allow the response type in use; the provider answers in a fragment; "
        "the callback address was opened by hand.",
        "For `oidc.auth_method` `pkce` and `code` allow the authorization code grant, for `implicit` allow "
        "ID tokens with `form_post` in the provider's registration."
    },
    guide_row{
        errc::oidc_code_exchange_failure,
        "Wrong or expired client secret; the client authentication method is not the registered one; the "
        "redirect address differs; the code was used twice or is too old; the token endpoint is down or "
        "unreachable.",
        "The log's `detail` has the provider's own error: `invalid_client` means the secret, the key or "
        "`oidc.client_authentication`, `invalid_grant` the code or the redirect address. Run `sekisho check`."
    },
    guide_row{
        errc::oidc_code_exchange_token_missing,
        "The provider answered as a plain OAuth 2.0 server: scope `openid` is not requested or not allowed.",
        "Keep `openid` in `oidc.scopes` and allow it in the provider's registration."
    },
    guide_row{
        errc::oidc_generic_token_failure,
        "Signature, `aud`, `exp`, `iat` or another claim of the ID token is wrong: clocks differ, the client "
        "ID is another one, the provider signs with an algorithm that is not allowed, or the token is "
        "forged.",
        "The log's `detail` names the claim. Compare the clocks (`sekisho check` measures the difference; "
        "`oidc.clock_skew`), `oidc.client_id` and `oidc.signing_algorithms`."
    },
    guide_row{
        errc::oidc_missing_email_claim,
        "`identity.require_email` is on and none of the claims in `identity.email_claim` is there: scope "
        "`email` missing, the account has no address, or the provider puts it elsewhere (`upn`, `mail`).",
        "Add `email` to `oidc.scopes`, list further claims in `identity.email_claim`, set `oidc.userinfo` to "
        "`always`, or turn `identity.require_email` off."
    },
    guide_row{
        errc::oidc_auth_error,
        "The provider sent an error to the callback, or refused the request that was pushed to it "
        "(`oidc.pushed_authorization`), such as `invalid_scope`, `unauthorized_client` or `server_error`.",
        "The log's `detail` has the provider's error and description. Compare scopes, redirect address and "
        "response type with the provider's registration."
    },
};

} // namespace sekisho::pages
