// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about the ten codes people know from other products, in Japanese.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array protocol_guide_ja{
    guide_row{
        errc::oidc_login_error,
        "他のコードに当てはまらない理由で、サインインの途中の処理に失敗しました。",
        "ログをリクエスト ID で検索してください。`where` と `detail` "
        "に、失敗した処理と内容が記録されています。"
    },
    guide_row{
        errc::oidc_state_missing,
        "コールバックをブックマークや履歴から開いた。別のブラウザーや別のホスト名でサインインを始めた。ブラウ"
        "ザーが Cookie を拒否している。localhost 以外の http で `response_mode=form_post` "
        "を使っている。または、ログイン CSRF の試みです。",
        "利用者が開くアドレス、プロバイダーのリダイレクト先、`server.public_url` "
        "のスキームとホストを揃え、https を使ってください。一度だけなら、もう一度サインインすれば解決します。"
    },
    guide_row{
        errc::oidc_nonce_missing,
        "プロバイダーが `nonce` を ID "
        "トークンに入れていないか、別のサインインのトークンが使われました（リプレイ）。",
        "クライアントが OAuth 2.0 専用ではなく、OpenID Connect "
        "クライアントとして登録されているか確認してください。"
    },
    guide_row{
        errc::oidc_metadata_fetch_failure,
        "プロバイダーの停止、DNS・ファイアウォール・プロキシの問題、信頼されていない証明書、`oidc.issuer` "
        "の誤り、または文書の `issuer` が `oidc.issuer` と一字一句同じではないことが考えられます。",
        "`sekisho check` を実行すると、文書を取得して違いを表示します。プライベート認証局には `oidc.ca_file` "
        "を設定してください。取得できるようになれば自動で回復します。"
    },
    guide_row{
        errc::oidc_received_no_code_or_token_failure,
        "登録済みクライアントで使用中のレスポンスタイプが許可されていない、応答がフラグメントで返された、また"
        "はコールバックのアドレスが直接開かれました。",
        "`oidc.auth_method` が `pkce` か `code` なら認可コードグラントを、`implicit` なら `form_post` による "
        "ID トークンを、プロバイダー側で許可してください。"
    },
    guide_row{
        errc::oidc_code_exchange_failure,
        "クライアントシークレットの誤りや期限切れ、登録と異なるクライアント認証方式、リダイレクト先の不一致、"
        "コードの再利用や期限切れ、またはトークンエンドポイントの停止です。",
        "ログの `detail` にプロバイダーのエラーがあります。`invalid_client` "
        "はシークレット、鍵、または認証方式（`oidc.client_authentication`）、`invalid_grant` "
        "はコードかリダイレクト先の問題です。`sekisho check` も実行してください。"
    },
    guide_row{
        errc::oidc_code_exchange_token_missing,
        "プロバイダーが OAuth 2.0 だけで応答しました。スコープ `openid` "
        "が要求されていないか、許可されていません。",
        "`oidc.scopes` に `openid` を含め、プロバイダーの登録でも許可してください。"
    },
    guide_row{
        errc::oidc_generic_token_failure,
        "ID トークンの署名、`aud`、`exp`、`iat` などが正しくありません。時計のずれ、クライアント ID "
        "の違い、許可していない署名アルゴリズム、または偽造が考えられます。",
        "ログの `detail` に問題のクレームがあります。時計（`sekisho check` "
        "で測定できます。`oidc.clock_skew`）、`oidc.client_id`、`oidc.signing_algorithms` "
        "を確認してください。"
    },
    guide_row{
        errc::oidc_missing_email_claim,
        "`identity.require_email` が有効で、`identity.email_claim` のクレームがどれもありません。スコープ "
        "`email` の不足、アドレスのないアカウント、または `upn` や `mail` など別のクレームに入っています。",
        "`oidc.scopes` に `email` を加える、`identity.email_claim` にクレームを加える、`oidc.userinfo` を "
        "`always` にする、または `identity.require_email` を無効にしてください。"
    },
    guide_row{
        errc::oidc_auth_error,
        "プロバイダーが `invalid_scope`、`unauthorized_client`、`server_error` "
        "などのエラーをコールバックに返したか、先に送った要求(`oidc.pushed_authorization`)を拒否しました。",
        "ログの `detail` "
        "にエラーと説明があります。スコープ、リダイレクト先、レスポンスタイプをプロバイダーの登録と比べてくだ"
        "さい。"
    },
};

} // namespace sekisho::pages
