// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about the request itself, the application and ourselves, in Japanese.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array request_guide_ja{
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

} // namespace sekisho::pages
