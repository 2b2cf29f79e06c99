// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about the ways in beside the provider, sessions and permission, in Japanese.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array session_guide_ja{
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
};

} // namespace sekisho::pages
