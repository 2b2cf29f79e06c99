// SPDX-License-Identifier: Apache-2.0
#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{
namespace
{

constexpr std::array texts{
    text_row{text_key::error_code, "エラーコード"},
    text_row{text_key::request_id, "リクエスト ID"},
    text_row{text_key::note_for_administrator, "管理者向けの情報"},
    text_row{text_key::sign_in, "サインイン"},
    text_row{text_key::sign_in_again, "もう一度サインイン"},
    text_row{text_key::try_again, "もう一度試す"},
    text_row{text_key::to_application, "アプリケーションを開く"},
    text_row{text_key::signed_out_title, "サインアウトしました"},
    text_row{text_key::signed_out_text, "セッションを終了しました。"},
    text_row{
        text_key::signed_out_advice,
        "このウィンドウは閉じてかまいません。もう一度サインインすることもできます。"
    },
    text_row{
        text_key::still_signed_in_at_provider,
        "ID プロバイダーには、サインインしたままになっている可能性があります。共用のコンピューターでは、"
        "ID プロバイダーからもサインアウトするか、ブラウザーのウィンドウをすべて閉じてください。"
    },
    text_row{text_key::confirm_title, "サインアウトしますか？"},
    text_row{
        text_key::confirm_text,
        "別のウェブサイトのリンクが、このアプリケーションからのサインアウトを求めています。"
    },
    text_row{
        text_key::confirm_advice,
        "心当たりがない場合は、サインインしたままにしてください。まだ何も変更されていません。"
    },
    text_row{text_key::confirm_button, "サインアウトする"},
    text_row{text_key::stay_signed_in, "サインインしたままにする"},
    text_row{text_key::continue_title, "もう一度始めましょう"},
    text_row{text_key::continue_text, "サインインに時間がかかったため、安全のために中断しました。"},
    text_row{text_key::continue_advice, "続行すると、開こうとしていたページに進みます。"},
    text_row{text_key::continue_button, "続行する"},
    text_row{text_key::redirecting_title, "サインインしました"},
    text_row{text_key::redirecting_text, "まもなくページが開きます。"},
    text_row{text_key::redirecting_link, "今すぐ開く"},
    text_row{text_key::fragment_title, "サインインしてください"},
    text_row{text_key::fragment_text, "まもなくサインイン画面が開きます。"},
    text_row{
        text_key::fragment_without_script,
        "ブラウザーでスクリプトが動作しないため、サインイン後はページの先頭が開きます。アドレスの # "
        "より後ろは引き継がれません。"
    },
    text_row{text_key::chooser_title, "サインイン方法をお選びください"},
    text_row{text_key::chooser_text, "複数の方法でサインインできます。"},
    text_row{text_key::chooser_last, "前回使った方法"},
    text_row{text_key::chooser_others, "または"},
    text_row{text_key::chooser_email_label, "メールアドレス"},
    text_row{text_key::chooser_email_hint, "アドレスに応じたサインイン画面へご案内します。"},
    text_row{
        text_key::chooser_unknown_domain,
        "このアドレスに対応するサインイン方法はありません。入力内容を確認するか、下の中からお選びください。"
    },
    text_row{
        text_key::chooser_malformed_address,
        "メールアドレスの形式が正しくありません。name@example.com のように入力してください。"
    },
    text_row{text_key::test_title, "サインインのテスト"},
    text_row{
        text_key::test_text,
        "選んだプロバイダーでサインインを最後まで試し、その結果を表示します。テストによってサインイン状態が変"
        "わることはありません。"
    },
    text_row{text_key::test_passed_title, "サインインのテストに成功しました"},
    text_row{text_key::test_failed_title, "サインインのテストに失敗しました"},
    text_row{
        text_key::test_result_text,
        "このテストによってサインイン状態は変わっていません。シークレットとトークンは伏せてあるため、レポート"
        "をプロバイダーの管理者に渡せます。プロバイダーから届いた個人情報は含まれています。"
    },
    text_row{text_key::test_download, "レポートをダウンロード"},
    text_row{text_key::test_again, "もう一度テストする"},
    text_row{text_key::test_passed, "問題なし"},
    text_row{text_key::test_failed, "問題あり"},
    text_row{text_key::test_left_out, "検査していません"},
    text_row{text_key::test_failure, "失敗した箇所"},
    text_row{text_key::test_happened, "起きたこと"},
    text_row{text_key::test_causes, "考えられる原因"},
    text_row{text_key::test_remedy, "対処のしかた"},
    text_row{text_key::test_step_metadata, "プロバイダーの構成情報"},
    text_row{text_key::test_step_pushed_request, "ブラウザーより先にプロバイダーに送った要求"},
    text_row{text_key::test_step_pushed_response, "それに対するプロバイダーの応答"},
    text_row{text_key::test_step_authorization_request, "ブラウザー経由でプロバイダーに送った要求"},
    text_row{text_key::test_step_callback, "ブラウザー経由で戻った応答"},
    text_row{text_key::test_step_front_id_token, "ブラウザー経由で届いた ID トークン"},
    text_row{text_key::test_step_token_request, "トークンエンドポイントへの要求"},
    text_row{text_key::test_step_token_response, "トークンエンドポイントの応答"},
    text_row{text_key::test_step_id_token, "ID トークンとその検査"},
    text_row{text_key::test_step_userinfo_request, "UserInfo への要求"},
    text_row{text_key::test_step_userinfo_response, "UserInfo の応答"},
    text_row{text_key::test_step_directory, "ディレクトリの検索結果"},
    text_row{text_key::test_step_access_token, "アクセストークンの内容"},
    text_row{text_key::test_step_person, "サインインした人の情報"},
    text_row{text_key::test_step_headers, "アプリケーションに渡るヘッダー"},
    text_row{text_key::test_step_rules, "アクセス規則による判定"},
    text_row{
        text_key::local_restore_notice,
        "ローカル復旧モードが有効です。ID プロバイダーでのサインインは停止しています。"
    },
    text_row{text_key::local_title, "ローカルサインイン"},
    text_row{
        text_key::local_text, "サインインの復旧作業を担当する方は、一時パスワードでサインインできます。"
    },
    text_row{text_key::local_label, "一時パスワード"},
    text_row{
        text_key::local_hint,
        "sekisho のログの、直近の起動時の local_restore.password の行に記録されています。"
    },
    text_row{text_key::emergency_title, "緊急サインイン"},
    text_row{
        text_key::emergency_text,
        "緊急時の利用者として登録された方のためのページです。利用はすべて記録されます。"
    },
    text_row{text_key::emergency_passkey_button, "パスキーでサインイン"},
    text_row{text_key::emergency_password_heading, "パスワードとコードを使う"},
    text_row{text_key::emergency_name_label, "登録した名前"},
    text_row{text_key::emergency_password_label, "パスワード"},
    text_row{text_key::emergency_code_label, "認証アプリの 6 桁のコード"},
    text_row{text_key::emergency_register_title, "パスキーの登録"},
    text_row{
        text_key::emergency_register_text,
        "このリンクで、緊急サインインに使うパスキーを 1 つ登録できます。リンクは一度だけ有効です。"
    },
    text_row{text_key::emergency_register_for, "パスキーの利用者"},
    text_row{text_key::emergency_register_button, "パスキーを登録"},
    text_row{text_key::emergency_registered_title, "パスキーを登録しました"},
    text_row{
        text_key::emergency_registered_text,
        "これからはこのパスキーでサインインできます。いざというときに備えて、今すぐ一度お試しください。"
    },
    text_row{
        text_key::emergency_no_passkeys,
        "このブラウザーでは、このアドレスでパスキーを使えません。新しいブラウザーと、https または localhost "
        "が必要です。"
    },
    text_row{
        text_key::emergency_no_script,
        "パスキーには JavaScript が必要ですが、このブラウザーでは無効になっています。"
    },
    text_row{
        text_key::emergency_cancelled,
        "操作がキャンセルされたか、時間切れになりました。もう一度お試しください。"
    },
    text_row{text_key::emergency_known_device, "この端末は登録済みです。"},
    text_row{text_key::details_are_yours, "以下の詳細は、管理者にだけ表示されています。"},
    text_row{text_key::test_ask_anew, "パスワードの再入力を求めてテストする（prompt=login）"},
    text_row{text_key::test_ask_as_usual, "通常どおりのサインインをテストする"},
    text_row{
        text_key::test_asks_anew,
        "プロバイダーにサインイン済みの人にも、もう一度パスワードの入力を求めます（prompt=login）。"
    },
    text_row{
        text_key::form_unsent_note,
        "入力した内容は送信されていません。ブラウザーの「戻る」で戻り、内容をコピーしてから、もう一度お試しく"
        "ださい。"
    },
    text_row{text_key::form_resume_title, "サインインし直しました"},
    text_row{
        text_key::form_resume_text,
        "フォームを送信したとき、セッションが終了していました。保管していた入力内容を、これから送信し直します"
        "。"
    },
    text_row{
        text_key::form_resume_advice,
        "何も起こらない場合はボタンを押してください。送信されるのは一度だけです。"
    },
    text_row{text_key::form_resume_button, "いま送信する"},
    text_row{
        text_key::form_other_person,
        "このブラウザーで別の人がサインインしていたときに入力された内容のため、あなたの名前では送信していませ"
        "ん。"
    },
    text_row{
        text_key::loop_not_stored,
        "ブラウザーがセッションの Cookie を保存していません。このサイトの Cookie "
        "を許可し、拡張機能やプロキシが削除していないか確認してください。"
    },
    text_row{
        text_key::loop_domain,
        "セッションの Cookie がこのアドレスとは別のドメイン向けのため、ブラウザーに保存されません。"
    },
    text_row{
        text_key::loop_insecure,
        "このアドレスは https なしで開かれましたが、セッションの Cookie は https 専用です。https:// "
        "で開いてください。"
    },
    text_row{
        text_key::loop_incomplete,
        "セッションの Cookie の一部しか送られてきませんでした。このサイトの Cookie "
        "が多すぎます。不要なものを削除してください。"
    },
    text_row{
        text_key::loop_unknown_here,
        "セッションは送られてきましたが、このサーバーでは確認できません。別のサーバーだけが知っている可能性が"
        "あります。"
    },
    text_row{
        text_key::loop_expired,
        "セッションは届いた時点ですでに期限切れでした。サーバーの時計がずれている可能性があります。"
    },
    text_row{text_key::loop_ended, "セッションは届いた時点ですでに終了していたか、ここでは使えません。"},
    text_row{text_key::chooser_keep, "このデバイスでサインインしたままにする"},
};

} // namespace

const catalogue& japanese()
{
    static const catalogue words{japanese_errors(), texts};
    return words;
}

} // namespace sekisho::pages
