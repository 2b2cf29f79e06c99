// SPDX-License-Identifier: Apache-2.0
#include "pages/error_guide.hpp"

#include <array>
#include <cstddef>

namespace sekisho::pages
{
namespace
{

constexpr std::array rows{
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
    guide_row{
        errc::provider_sign_in_off,
        "`local.restore` が有効なため、プロバイダーでのサインインは停止しています。"
        "その前に始めたサインインが戻ってきたか、ポータルのリンクが開かれました。",
        "復旧したら `local.restore` を無効にして再読み込みしてください（docs/emergency-access.md）。"
    },
    guide_row{
        errc::local_sign_in_refused,
        "このプロセスが起動時にログへ書いたパスワードと違う（レプリカごと、起動ごとに異なります）、Cookie "
        "が拒否されている、またはページを開いてから 10 分を過ぎています。",
        "応答しているプロセスの最新のログで `local_restore.password` "
        "を探してください。この行が多い場合は、誰かが試みています。"
    },
    guide_row{
        errc::emergency_refused,
        "未登録のパスキー、パスワードやコードの誤り、使用済みのコード、使用済みまたは 24 "
        "時間を過ぎた招待、カウンターが増えていないパスキー（複製の可能性）、または `server.public_url` "
        "以外のアドレスです。",
        "ログの `where` と `detail` に失敗した確認項目があります。`sekisho emergency list` で登録を確認し、"
        "`sekisho emergency invite NAME` で招待を作り直せます。"
    },
    guide_row{
        errc::emergency_unavailable,
        "`emergency.file` が存在しない、`sekisho emergency` のファイルではない、読み取れない、"
        "または書き込めないファイルシステムにあります。カウンター、使用済みのコード、新しいパスキーの保存が必"
        "要です。",
        "ログの `detail` にシステムの理由があります。sekisho を実行するユーザーに、"
        "ファイルとそのディレクトリへの書き込みを許可してください。"
    },
    guide_row{
        errc::too_many_attempts,
        "1 つのアドレスから 1 分間に 5 回、または全体で多数のサインインに失敗しました。",
        "1 分ほど待ってください。直前の `refused` のログにアドレスがあります。"
    },
    guide_row{
        errc::sign_in_loop,
        "1 分以内にサインインが 4 "
        "回成功しましたが、その後の要求にセッションがありませんでした。見つかった原因はペー"
        "ジとログの `detail` にあります。Cookie が保存されていない（http での Secure、ホストが属していない "
        "`session.cookie_domain`、多すぎる "
        "Cookie）、別のレプリカがセッションを知らないか開けない、またはすぐに終了した、のいずれかです。",
        "`detail` のとおりに対応してください。すべてのレプリカで `session.secret` "
        "と保存先を同じにする、`server.public_url` "
        "を実際に使うスキームとホストにする、`session.cookie_domain` "
        "をそのホストの上位にするか外す、時計を合わせる、期限を延ばす、などです。"
    },
    guide_row{
        errc::form_not_sent,
        "セッションのないフォーム送信が `session.keep_form` "
        "より大きい、ファイルを含む、このサイトのフォームではない、または保存先が停止中か満杯でした。`detail`"
        " "
        "にどれかが書かれています。",
        "たまに起こるのは正常です。長い文章を書く場合は `session.keep_form` "
        "かセッションの期限を大きくしてください。"
    },
    guide_row{
        errc::session_required,
        "サインインしていない、セッションが終了した、またはプログラムがセッションなしで呼び出しました。",
        "通常の動作です。プログラム用には `access.public_paths` "
        "のパスか、アプリケーション自身が確認する資格情報が必要です。"
    },
    guide_row{
        errc::session_too_large,
        "クレーム（多くはグループ）が 8 個の Cookie に収まりません。大きさはログにあります。",
        "プロバイダーが送るグループを減らす、`session.keep_id_token` を `never` にする、または "
        "`identity.extra_headers` のクレームを減らしてください。"
    },
    guide_row{
        errc::session_store_unavailable,
        "Redis が動いていないか、ここから接続できないか、ゲートの要求を拒否しています。どれであるかはログの "
        "`detail` にあります。Redis 自身が失わないかぎり、セッションは失われません。",
        "Redis と `redis` の設定を確認してください。復旧すればゲートは自動で再接続します。"
        "`session.stale_while_down` を設定すると、その間も閲覧を続けられます。"
    },
    guide_row{
        errc::session_limit_reached,
        "この人は、ほかのブラウザーや端末で `session.max_per_person` の数のセッションを使っており、"
        "`session.when_too_many` が `refuse` です。",
        "意図どおりであれば対応は不要です。ほかのセッションのサインアウト、期限切れ、または `sekisho "
        "session` "
        "による終了で空きができます。そうでなければ、数を増やすか、`session.when_too_many` を `end_oldest` "
        "にしてください。"
    },
    guide_row{
        errc::form_gone,
        "預かったフォームを送り直すページが 2 回開かれた、`session.sign_in_timeout` "
        "を過ぎた、別のブラウザーで開かれた、または別の人がサインインしました。別の人の場合、内容は破棄されま"
        "す。",
        "対応は不要です。全員に起こる場合は、レプリカが `redis.url` か `session.secret` を共有していません。"
    },
    guide_row{
        errc::access_denied,
        "規則により、この人またはこの要求は許可されません。または、`admin.users` と `admin.groups` "
        "に含まれない人や、期限切れ、別の `session.secret` で作られたチケットで `server.test_path` "
        "を開きました。",
        "規則はログにあります。規則か本人のグループを変更してください。新しいチケットは `sekisho check` "
        "が表示します。"
    },
    guide_row{
        errc::cross_site_refused,
        "別のサイトのフォームやスクリプトが、ここで変更を起こす要求を送りました（CSRF）。",
        "ご自身のサイトでなければ対処は不要です。ご自身のサイトなら、同じサイトからフォームを送ってください。"
    },
    guide_row{
        errc::request_malformed,
        "壊れたクライアント、スキャナー、または途中の機器が要求を壊しています。",
        "問題の内容はログの `detail` にあります。"
    },
    guide_row{
        errc::request_target_ambiguous,
        "アドレスに、エンコードされたスラッシュやバックスラッシュ、ドットセグメント、NUL、フラグメントが含ま"
        "れています。",
        "アプリケーションがパスに `%2F` を必要とする場合は、`server.encoded_slash` を `keep` にしてください。"
    },
    guide_row{
        errc::request_head_too_large,
        "同じドメインの他のアプリケーションの Cookie が多すぎるか大きすぎる、またはアドレスが長すぎます。",
        "`server.max_head_bytes` を大きくするか、アプリケーションごとにホスト名を分けてください。"
    },
    guide_row{
        errc::request_body_too_large,
        "本文が `server.max_body_bytes` を超えたか、コールバックで 64 KiB を超えました。",
        "`server.max_body_bytes` を大きくしてください。"
    },
    guide_row{
        errc::request_timeout,
        "接続が遅いか、意図的に接続を占有するクライアントです。",
        "正当な利用者に影響がある場合は、`server.head_timeout` か `server.body_timeout` を延ばしてください。"
    },
    guide_row{
        errc::request_host_unknown,
        "`Host` が `server.public_url` のものでも `server.allowed_hosts` のものでもありません。",
        "その名前を `server.allowed_hosts` に加えるか、アクセス元のリンクを直してください。"
    },
    guide_row{
        errc::request_method_not_allowed,
        "このゲート自身のアドレスが、対応していないメソッドで呼び出されました。",
        "アプリケーションが同じパスを使う場合は、`server.callback_path`、`login_path`、`session_path`、`"
        "logout_path` でこちらを移してください。"
    },
    guide_row{
        errc::not_found, "このゲート自身のアドレスのうち、存在しないものです。", "アドレスを直してください。"
    },
    guide_row{
        errc::too_many_connections,
        "`server.max_connections` に達しました。",
        "上限を上げるか、レプリカを増やすか、接続を開き続けるクライアントを探してください。"
    },
    guide_row{
        errc::websocket_origin_refused,
        "WebSocket ハンドシェイクの `Origin` がこのホストではありません。",
        "`server.public_url` のホスト名でアプリケーションを開いてください。他の名前は `server.allowed_hosts` "
        "に加えてください。"
    },
    guide_row{
        errc::client_gone,
        "利用者がページを閉じたか、移動しました。この応答は誰にも届きません。",
        "対処は不要です。"
    },
    guide_row{
        errc::upstream_unreachable,
        "アプリケーションが起動していないか、`upstream.url` が別の場所を指しています。",
        "アプリケーションを起動し、`upstream.url` と名前解決、https の場合は `upstream.ca_file` "
        "を確認してください。"
    },
    guide_row{
        errc::upstream_timeout,
        "アプリケーションが遅いか、止まっています。",
        "アプリケーションを確認してください。時間が必要な処理なら `upstream.response_timeout` "
        "を延ばしてください。"
    },
    guide_row{
        errc::upstream_protocol_error,
        "アプリケーションの応答が HTTP/1.1 ではない、矛盾している、途中で切れた、または http と https "
        "を取り違えています。",
        "`upstream.url` のスキームとポートを確認してください。詳しい内容はログの `detail` にあります。"
    },
    guide_row{
        errc::identity_header_unsafe,
        "クレームに CR、LF、NUL が含まれており、ヘッダーの偽造に使われるおそれがあります。",
        "プロバイダーでそのクレームを直してください。"
    },
    guide_row{
        errc::shutting_down,
        "このゲートは停止処理中です。",
        "対処は不要です。別のレプリカか、次の起動後に応答します。"
    },
    guide_row{
        errc::internal_error, "sekisho の不具合です。", "リクエスト ID に関するログを添えて報告してください。"
    },
};

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t index = 0; index < rows.size(); ++index)
        if (rows[index].code != static_cast<errc>(index))
            return false;
    return rows.size() == static_cast<std::size_t>(errc::value_malformed);
}
static_assert(rows_follow_the_enumeration());

} // namespace

std::span<const guide_row> japanese_guide() { return rows; }

} // namespace sekisho::pages
