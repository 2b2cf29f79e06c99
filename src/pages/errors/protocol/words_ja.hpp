// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a person reads about the ten codes people know from other products, in Japanese.

#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array protocol_words_ja{
    error_words{
        errc::oidc_login_error,
        "サインインできませんでした",
        "サインインの途中で問題が発生しました。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_state_missing,
        "このブラウザーで始めたサインインではありません",
        "このブラウザーには、サインインを始めた記録がありません。サインイン画面をブックマークや「戻る」ボタン"
        "から開いたとき、別のブラウザーで続けたとき、Cookie がブロックされているときに起こります。",
        "下のボタンから、もう一度サインインしてください。繰り返す場合は、このサイトの Cookie "
        "を許可してください。"
    },
    error_words{
        errc::oidc_nonce_missing,
        "サインインを確認できませんでした",
        "ID プロバイダーからの応答が、始めたサインインのものと一致しないため、使用しませんでした。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_metadata_fetch_failure,
        "現在サインインできません",
        "サインイン先の ID プロバイダーに接続できません。",
        "しばらく待ってから、もう一度サインインしてください。お客様の操作が原因ではありません。"
    },
    error_words{
        errc::oidc_received_no_code_or_token_failure,
        "サインインの結果が届きませんでした",
        "ID プロバイダーから戻りましたが、ご本人であることの確認が含まれていませんでした。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_code_exchange_failure,
        "サインインを完了できませんでした",
        "ID プロバイダーから戻りましたが、サインインの確認を受け取れませんでした。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_code_exchange_token_missing,
        "サインインを完了できませんでした",
        "ID プロバイダーはサインインを認めましたが、どなたであるかの情報が届きませんでした。",
        "設定の修正が必要です。下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_generic_token_failure,
        "サインインを検証できませんでした",
        "ID プロバイダーから届いた本人確認の情報が検証に合格しなかったため、使用しませんでした。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_missing_email_claim,
        "メールアドレスがありません",
        "サインインはできましたが、このアプリケーションに必要なメールアドレスが ID "
        "プロバイダーから届きませんでした。",
        "アカウントにメールアドレスが登録され、提供に同意しているか確かめるか、管理者にお問い合わせください。"
    },
    error_words{
        errc::oidc_auth_error,
        "ID プロバイダーで問題が発生しました",
        "ID プロバイダーがエラーでサインインを終了しました。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
};

} // namespace sekisho::pages
