// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a person reads about the request itself, the application and ourselves, in Japanese.

#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array request_words_ja{
    error_words{
        errc::request_malformed,
        "リクエストを読み取れませんでした",
        "ブラウザーから届いた内容が不完全か、正しい形式ではありません。",
        "前の画面に戻ってやり直してください。このサイトの Cookie を削除すると解決することがあります。"
    },
    error_words{
        errc::request_target_ambiguous,
        "アドレスの読み方が一つに決まりません",
        "プログラムによって読み方が変わる文字がアドレスに含まれているため、開きませんでした。",
        "%2F や \\ のような文字がないか確かめるか、最初のページからやり直してください。"
    },
    error_words{
        errc::request_head_too_large,
        "ブラウザーから届いた情報が多すぎます",
        "アドレスまたは Cookie が、受け付けられる大きさを超えています。",
        "このサイトの Cookie を削除してから、やり直してください。"
    },
    error_words{
        errc::request_body_too_large,
        "アップロードが大きすぎます",
        "送信された内容が、受け付けられる大きさを超えています。",
        "小さいファイルを送信するか、上限の引き上げを管理者にご依頼ください。"
    },
    error_words{
        errc::request_timeout,
        "リクエストの受信に時間がかかりすぎました",
        "リクエストの続きを待ちましたが、時間内に届きませんでした。",
        "接続を確かめて、もう一度お試しください。"
    },
    error_words{
        errc::request_host_unknown,
        "このアドレスは取り扱っていません",
        "ここでは使われていない名前でアクセスされました。",
        "アドレスを確かめるか、正しいアドレスを管理者にお問い合わせください。"
    },
    error_words{
        errc::request_method_not_allowed,
        "このアドレスではその操作はできません",
        "アドレスは存在しますが、行おうとした操作には対応していません。",
        "アプリケーションを開いて、そこからやり直してください。"
    },
    error_words{
        errc::not_found,
        "ページが見つかりません",
        "開こうとしたアドレスは存在しません。",
        "アドレスを確かめるか、最初のページからやり直してください。"
    },
    error_words{
        errc::too_many_connections,
        "アクセスが集中しています",
        "現在、対応できる数を超える接続があります。",
        "しばらく待ってから、もう一度お試しください。"
    },
    error_words{
        errc::websocket_origin_refused,
        "別のサイトからの接続です",
        "別のウェブサイトのページがお客様に代わって接続しようとしたため、停止しました。",
        "アプリケーションを直接開いて、やり直してください。"
    },
    error_words{
        errc::client_gone,
        "接続が閉じられました",
        "応答の準備ができる前に、ブラウザーが接続を閉じました。",
        "もう一度お試しください。"
    },
    error_words{
        errc::upstream_unreachable,
        "アプリケーションが動いていません",
        "アプリケーションに接続できません。",
        "しばらく待ってから、もう一度お試しください。続く場合は、管理者にお知らせください。"
    },
    error_words{
        errc::upstream_timeout,
        "アプリケーションの応答に時間がかかっています",
        "アプリケーションが、時間内に応答しませんでした。",
        "しばらく待ってから、もう一度お試しください。"
    },
    error_words{
        errc::upstream_protocol_error,
        "アプリケーションの応答が正しくありません",
        "アプリケーションから届いた応答を、お渡しできませんでした。",
        "もう一度お試しください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::identity_header_unsafe,
        "アカウント情報を引き渡せません",
        "アカウントの情報に、アプリケーションへ安全に渡せない文字が含まれています。",
        "下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::shutting_down,
        "まもなく再開します",
        "このサービスは再起動中です。",
        "しばらく待ってから、もう一度お試しください。"
    },
    error_words{
        errc::internal_error,
        "こちらで問題が発生しました",
        "起こるはずのないエラーが発生しました。お客様の操作が原因ではありません。",
        "もう一度お試しください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
};

} // namespace sekisho::pages
