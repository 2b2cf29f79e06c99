// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about signing in at a provider, in Japanese.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array sign_in_guide_ja{
    guide_row{
        errc::oidc_access_denied,
        "本人が取り消したか同意しなかった、またはプロバイダーのポリシーでこのクライアントに割り当てられていま"
        "せん。",
        "プロバイダーで、本人またはそのグループをクライアントに割り当ててください。"
    },
    guide_row{
        errc::oidc_provider_unavailable,
        "プロバイダーが `temporarily_unavailable` を返したか、先に送った要求に応答しませんでした。",
        "こちらで変更するものはありません。プロバイダーの稼働状況を確認してください。"
    },
    guide_row{
        errc::oidc_interaction_required,
        "プロバイダーが "
        "`login_required`、`consent_required`、`interaction_required`、`account_selection_required` "
        "のいずれかを返しました。多くは `oidc.prompt` が `none` のためです。",
        "`oidc.prompt` から `none` を外すか、プロバイダーで全員分の同意を与えてください。"
    },
    guide_row{
        errc::oidc_parameter_duplicated,
        "コールバックのパラメーターが重複しています。手前のプロキシがクエリを書き換えているか、パラメーター汚"
        "染攻撃です。",
        "手前の機器がコールバックのクエリを変えていないか確認してください。"
    },
    guide_row{
        errc::oidc_issuer_mismatch,
        "コールバックまたは ID トークンの `iss` が `oidc.issuer` "
        "と異なります。末尾のスラッシュ、別のテナント、Entra の `common` "
        "エンドポイント、または取り違え攻撃です。",
        "プロバイダーのディスカバリー文書の `issuer` を `oidc.issuer` に写してください。`sekisho check` "
        "が両方を表示します。"
    },
    guide_row{
        errc::oidc_key_fetch_failure,
        "`jwks_uri` に接続できない、JSON が返らない、または使える種類と長さの鍵がありません。",
        "`sekisho check` を実行すると、鍵の一覧と使えない理由が表示されます。"
    },
    guide_row{
        errc::oidc_sign_in_expired,
        "サインインの開始から戻るまでが `session.sign_in_timeout` を超えました。",
        "もう一度サインインすれば済みます。多要素認証などで時間がかかる場合は `session.sign_in_timeout` "
        "を延ばしてください。"
    },
    guide_row{
        errc::oidc_userinfo_failure,
        "UserInfo "
        "エンドポイントが停止している、アクセストークンを受け付けない、別人の情報を返した、または配布クレーム"
        "の取得に失敗しました。",
        "ログの `detail` を確認してください。必要なクレームを ID トークンに入れられるなら、`oidc.userinfo` "
        "を `never` にできます。"
    },
    guide_row{
        errc::oidc_missing_user_claim,
        "`identity.user_claim` のクレームがどれもないか、文字列でも整数でもありません。",
        "プロバイダーでそのクレームを送るようにするか、`identity.user_claim` "
        "に別のクレームを指定してください。"
    },
    guide_row{
        errc::oidc_email_unverified,
        "プロバイダーがメールアドレスを確認済みとしていません。",
        "プロバイダーでアドレスを確認するか、プロバイダーを信頼できる場合は `identity.email_verified` "
        "を変更してください。"
    },
    guide_row{
        errc::oidc_identity_unusable,
        "クレームが文字列や文字列の一覧ではない、空、長すぎる、制御文字や見えない文字を含む、グループが多すぎ"
        "る、または `identity.username_rules` に合うユーザー名が残りません。",
        "ログの `detail` のクレームをプロバイダーで直すか、`identity.*` "
        "で別のクレームを選ぶか、`identity.groups_include` でグループを絞ってください。"
    },
    guide_row{
        errc::oidc_directory_failure,
        "Microsoft Graph、Google Admin SDK、GitHub、GitLab "
        "のいずれかに問い合わせできません。権限やスコープの不足、別の API "
        "用のトークン、回数制限、障害などです。「グループなし」として通すことはありません。",
        "ログの `detail` にアドレス、状態コード、必要な権限があります。手順は docs/providers "
        "のガイドにあります。"
    },
    guide_row{
        errc::oidc_provider_unknown,
        "リンクの `idp=` が設定にない名前か、`hosts` "
        "で別のホスト用です。アドレスが別のプロバイダーのものか、`iss` が設定済みの発行者と一致しません。",
        "ログの `detail` に受け取った名前や発行者があります。リンクか `providers.<name>.hosts` "
        "を直してください。"
    },
    guide_row{
        errc::oidc_target_refused,
        "`server.initiate_path` の `target_link_uri` "
        "が、このホストのアドレスではありません。他のサイトへ送ることはありません。",
        "プロバイダーやポータルのリンクを直してください。期待するホストはログの `detail` にあります。"
    },
    guide_row{
        errc::oidc_email_domain_refused,
        "プロバイダーに `email_domains` "
        "があり、本人のアドレスが別のドメインか、アドレスが届いていません。サブドメインは別のドメインとして扱"
        "います。",
        "このプロバイダーの `email_domains` "
        "にドメインを加えるか、メールアドレスのクレームを送るか、別のプロバイダーを使ってください。"
    },
    guide_row{
        errc::oidc_email_domain_elsewhere,
        "メールアドレス、ユーザー名、ユーザー ID のいずれかが、別のプロバイダーの `email_domains` "
        "にあるドメインのアドレスです。他のプロバイダーがその人を名乗ることを防いでいます。",
        "そのドメインのプロバイダーでサインインしてください。両方で使う場合は `email_domains` "
        "から外してください。"
    },
    guide_row{
        errc::oidc_step_up_unmet,
        "`access.step_up` が求める `acr` が ID トークンにないか、`auth_time` "
        "が古いか、ありません。プロバイダーが値を知らない、追加の認証要素がない、`max_age` "
        "を無視している、または値の書き方が違うことが考えられます。あるいは、求める scope "
        "が許可されませんでした。クライアントに許されていない、本人が同意しなかった、応答での名前が違う、"
        "のいずれかです。",
        "プロバイダーのメタデータの `acr_values_supported` と "
        "`scopes_supported`、クライアントの設定を規則と比べてください（`sekisho "
        "check`）。求めた値と届いた値はログの `detail` にあります。"
    },
    guide_row{
        errc::step_up_required,
        "`access.step_up` "
        "の規則があるパスを、プログラム、スクリプト、フォームが要求しました。プロバイダーに送られるのは、人が"
        "開くページだけです。",
        "先にそのパスのページをブラウザーで開いてください。プログラムが使うパスは `access.step_up` "
        "から除いてください。"
    },
    guide_row{
        errc::oidc_account_not_allowed,
        "別の組織のアカウントです。`oidc.tenants` にない Entra テナント、`oidc.hosted_domains` にない Google "
        "のドメイン、または個人アカウントです。",
        "意図どおりなら対処は不要です。そうでなければ、ログの `detail` "
        "にあるテナントやドメインを設定に加えてください。"
    },
    guide_row{
        errc::oidc_refresh_refused,
        "リフレッシュトークンが使用済み・取り消し済み・期限切れ（`invalid_grant`"
        "）か、アカウントが無効または削除済みか、"
        "プロバイダーでサインアウトしたか、更新された ID トークンが別人のものです。セッションは終了します。",
        "意図どおりなら対処は不要です。一度に多くの人に起きる場合は、プロバイダーのリフレッシュトークンの制限"
        "（無操作期間、ローテーション、再利用の検出）と、すべてのレプリカが同じ `redis.url` を使っているかを"
        "確認してください。"
    },
    guide_row{
        errc::oidc_refresh_failure,
        "トークンエンドポイントに接続できないか、5xx や 429 を返すか、クライアント自体を拒否しています"
        "（シークレットや証明書の期限切れ、`refresh_token` グラントが許可されていないなど）。これだけで"
        "サインアウトになることはありません。トークンの期限後の動作は `session.on_refresh_failure` "
        "で決まります。",
        "ログの `detail` にプロバイダーのエラーがあります。クライアントの登録を直すか、プロバイダーの復旧を"
        "お待ちください。自動的に再試行されます。"
    },
    guide_row{
        errc::oidc_revocation_failure,
        "取り消しエンドポイントに接続できないか、クライアントを拒否しているか、この種類のトークンを取り消せま"
        "せん"
        "（`unsupported_token_type`）。いずれの場合も、ここでのセッションは終了しています。",
        "ログの `detail` にプロバイダーのエラーがあります。プロバイダーが取り消しに対応していない場合は "
        "`oidc.revoke_tokens` を false にしてください。"
    },
};

} // namespace sekisho::pages
