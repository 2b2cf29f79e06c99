// SPDX-License-Identifier: Apache-2.0
#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{
namespace
{

constexpr std::array errors{
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
    error_words{
        errc::oidc_access_denied,
        "ID プロバイダーで許可されませんでした",
        "サインインが取り消されたか、このアカウントにはアプリケーションの利用が許可されていません。",
        "誤って取り消した場合は、もう一度サインインしてください。それ以外の場合は、管理者に利用許可をご依頼く"
        "ださい。"
    },
    error_words{
        errc::oidc_provider_unavailable,
        "ID プロバイダーが混み合っています",
        "ID プロバイダーは現在サインインを受け付けられません。",
        "しばらく待ってから、もう一度サインインしてください。"
    },
    error_words{
        errc::oidc_interaction_required,
        "ID プロバイダーでの操作が必要です",
        "サインインの前に、ID プロバイダーで確認または入力が必要です。",
        "もう一度サインインして、画面の案内に従ってください。"
    },
    error_words{
        errc::oidc_parameter_duplicated,
        "サインインの応答を正しく読み取れません",
        "サインインの応答に同じ項目が二つ含まれていたため、使用しませんでした。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_issuer_mismatch,
        "別の発行元からの応答です",
        "サインインの応答が、信頼している ID プロバイダーのものではないため、使用しませんでした。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_key_fetch_failure,
        "現在サインインを検証できません",
        "本人確認の検証に必要な情報を ID プロバイダーから取得できませんでした。",
        "しばらく待ってから、もう一度サインインしてください。お客様の操作が原因ではありません。"
    },
    error_words{
        errc::oidc_sign_in_expired,
        "サインインの有効時間が過ぎました",
        "サインインは数分以内に終える必要がありますが、時間内に完了しませんでした。",
        "もう一度始めてください。パスワードの再入力は不要な場合があります。"
    },
    error_words{
        errc::oidc_userinfo_failure,
        "アカウント情報を読み取れませんでした",
        "サインインはできましたが、ID プロバイダーからアカウントの情報を取得できませんでした。",
        "もう一度サインインしてください。繰り返す場合は、下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_missing_user_claim,
        "ユーザー名がありません",
        "サインインはできましたが、このアプリケーションで使うユーザー名が ID "
        "プロバイダーから届きませんでした。",
        "アカウントまたは設定を整える必要があります。管理者にお問い合わせください。"
    },
    error_words{
        errc::oidc_email_unverified,
        "メールアドレスが確認されていません",
        "サインインはできましたが、メールアドレスがご本人のものであることを ID "
        "プロバイダーが確認していません。",
        "ID プロバイダーでメールアドレスの確認を済ませてから、もう一度サインインしてください。"
    },
    error_words{
        errc::oidc_identity_unusable,
        "このアカウントは利用できません",
        "サインインはできましたが、アカウントの情報に、このアプリケーションで安全に扱えないものが含まれていま"
        "す。",
        "下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_directory_failure,
        "アカウントを照会できませんでした",
        "サインインはできましたが、ID プロバイダーからアカウントや所属グループの情報を取得できませんでした。",
        "しばらく待ってから、もう一度サインインしてください。繰り返す場合は、下のリクエスト ID "
        "を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_provider_unknown,
        "このサインイン方法はありません",
        "リンクに指定された ID プロバイダーは、ここでは使われていません。",
        "もう一度サインインし、表示された中からお選びください。リンクから来た場合は、リンクの提供元にお知らせ"
        "ください。"
    },
    error_words{
        errc::oidc_target_refused,
        "リンク先がこのサイトではありません",
        "サインインの後に別のサイトへ移動するよう求めるリンクだったため、中止しました。",
        "アプリケーションを直接開いてください。信頼できるリンクの場合は、下のリクエスト ID "
        "を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_email_domain_refused,
        "このアカウントは対象外です",
        "サインインはできましたが、この ID プロバイダーは特定の組織のメールアドレスを持つ方専用です。",
        "その組織のアカウントでもう一度サインインするか、別のサインイン方法をお選びください。"
    },
    error_words{
        errc::oidc_email_domain_elsewhere,
        "所属組織のサインインをご利用ください",
        "サインインはできましたが、このメールアドレスの方は別の ID "
        "プロバイダーでサインインすることになっています。",
        "もう一度サインインし、メールアドレスを入力するか、所属組織をお選びください。"
    },
    error_words{
        errc::oidc_step_up_unmet,
        "より強い本人確認が必要です",
        "このページには二要素認証や直前のパスワード入力が必要ですが、ID "
        "プロバイダーがそれを確認しませんでした。",
        "管理者が設定した二要素認証を使って、もう一度お試しください。ほかのページのサインインはそのまま有効で"
        "す。"
    },
    error_words{
        errc::step_up_required,
        "ご本人であることを確認してください",
        "このページを開くには、より強い、またはより新しいサインインが必要です。",
        "もう一度サインインして続行してください。"
    },
    error_words{
        errc::oidc_account_not_allowed,
        "このアカウントでは利用できません",
        "サインインはできましたが、このアプリケーションの利用が許可されていない組織のアカウントです。",
        "もう一度サインインし、所属組織のアカウントを選んでください。"
    },
    error_words{
        errc::oidc_refresh_refused,
        "もう一度サインインしてください",
        "ID プロバイダーがサインインを終了しました。",
        "続けるには、もう一度サインインしてください。"
    },
    error_words{
        errc::oidc_refresh_failure,
        "サインインを更新できませんでした",
        "ID プロバイダーが現在応答していません。",
        "しばらく待ってから、もう一度ページを開いてください。繰り返す場合は、下のリクエスト ID "
        "を管理者にお伝えください。"
    },
    error_words{
        errc::oidc_revocation_failure,
        "ID プロバイダーに伝えられませんでした",
        "ここからはサインアウトしましたが、発行済みのトークンを ID "
        "プロバイダーに無効化してもらえませんでした。",
        "対処は不要です。気になる場合は、ID プロバイダーでもサインアウトしてください。"
    },
    error_words{
        errc::provider_sign_in_off,
        "通常のサインインは停止中です",
        "管理者がサインインの復旧作業をしているため、現在は ID プロバイダーでサインインできません。",
        "管理者から復旧の連絡があるまでお待ちください。お客様の操作が原因ではありません。"
    },
    error_words{
        errc::local_sign_in_refused,
        "サインインできませんでした",
        "一時パスワードが違うか、ページを開いてから時間がたちすぎています。",
        "ページを開き直し、ログに記録されたパスワードを入力してください。"
    },
    error_words{
        errc::emergency_refused,
        "緊急サインインに失敗しました",
        "本人であることを確認できなかったため、サインインできませんでした。",
        "ここに登録したパスキー、またはパスワードとコードで、もう一度お試しください。"
    },
    error_words{
        errc::emergency_unavailable,
        "緊急サインインを利用できません",
        "緊急時に利用できる人の一覧が、現在使えない状態です。",
        "下のリクエスト ID を管理者にお知らせください。"
    },
    error_words{
        errc::too_many_attempts,
        "試行回数が多すぎます",
        "短い時間にサインインの失敗が続きました。",
        "1 分ほど待ってから、もう一度お試しください。"
    },
    error_words{
        errc::sign_in_loop,
        "サインインが繰り返されています",
        "サインインは何度か成功しましたが、そのたびにブラウザーからセッションが送られてきませんでした。",
        "もう一度お試しください。このページがまた表示される場合は、アドレスと下のコードを管理者にお知らせくだ"
        "さ"
        "い。"
    },
    error_words{
        errc::form_not_sent,
        "入力した内容は送信されていません",
        "セッションが終了していたため送信できず、サインインの間、内容を預かることもできませんでした。",
        "ブラウザーの「戻る」を押すと、入力した内容が残っていることがあります。内容をコピーするか、別のタブで"
        "サイ"
        "ンインしてから、もう一度送信してください。"
    },
    error_words{
        errc::session_required,
        "サインインしてください",
        "このページを開くにはサインインが必要です。",
        "サインインして続行してください。"
    },
    error_words{
        errc::session_too_large,
        "アカウント情報が大きすぎます",
        "サインインはできましたが、所属グループなどのアカウント情報が多く、ブラウザーに保存できませんでした"
        "。",
        "保存する情報を減らす設定が必要です。下のリクエスト ID を管理者にお伝えください。"
    },
    error_words{
        errc::session_store_unavailable,
        "サインインの状態を確認できません",
        "サインインは続いていると思われますが、その記録を一時的に読み出せません。",
        "しばらく待ってから、もう一度お試しください。続く場合は、管理者にお知らせください。"
    },
    error_words{
        errc::session_limit_reached,
        "同時にサインインできる数の上限に達しています",
        "サインインはできましたが、このアカウントはすでに上限の数のブラウザーで使われています。",
        "ほかのブラウザーでサインアウトしてから、もう一度お試しください。それができない場合は、管理者にセッシ"
        "ョンの終了をご依頼ください。"
    },
    error_words{
        errc::form_gone,
        "入力した内容は今回は送信されていません",
        "すでに送信されたか、預かる期限を過ぎたか、このブラウザーから送られた内容ではありません。",
        "内容が届いているかをアプリケーションで確認し、届いていなければもう一度入力してください。"
    },
    error_words{
        errc::access_denied,
        "このページを開く権限がありません",
        "サインインしていますが、このページの利用は許可されていません。",
        "必要な場合は、管理者に利用許可をご依頼ください。"
    },
    error_words{
        errc::cross_site_refused,
        "別のサイトからのリクエストです",
        "別のウェブサイトがお客様に代わって操作しようとしたため、停止しました。",
        "ご自身の操作であれば、このサイトを直接開いてやり直してください。"
    },
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

constexpr std::array texts{
    text_row{text_key::error_code, "エラーコード"},
    text_row{text_key::request_id, "リクエスト ID"},
    text_row{text_key::note_for_administrator, "管理者向けの情報"},
    text_row{text_key::sign_in, "サインイン"},
    text_row{text_key::sign_in_again, "もう一度サインイン"},
    text_row{text_key::to_application, "アプリケーションを開く"},
    text_row{text_key::signed_out_title, "サインアウトしました"},
    text_row{text_key::signed_out_text, "セッションを終了しました。"},
    text_row{
        text_key::signed_out_advice,
        "このウィンドウを閉じてかまいません。もう一度サインインすることもできます。"
    },
    text_row{
        text_key::still_signed_in_at_provider,
        "ID プロバイダーには、まだサインインしたままの可能性があります。共用のコンピューターでは、"
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
    text_row{text_key::test_failure, "失敗した箇所"},
    text_row{text_key::test_happened, "起きたこと"},
    text_row{text_key::test_causes, "考えられる原因"},
    text_row{text_key::test_remedy, "対処のしかた"},
    text_row{text_key::test_step_metadata, "プロバイダーの構成情報"},
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
    text_row{text_key::local_text, "サインインの復旧作業をする人は、一時パスワードでサインインできます。"},
    text_row{text_key::local_label, "一時パスワード"},
    text_row{
        text_key::local_hint,
        "sekisho のログで、最後に起動したときの local_restore.password の行に書かれています。"
    },
    text_row{text_key::emergency_title, "緊急サインイン"},
    text_row{
        text_key::emergency_text,
        "緊急時の利用者として登録された人のためのページです。利用はすべて記録されます。"
    },
    text_row{text_key::emergency_passkey_button, "パスキーでサインイン"},
    text_row{text_key::emergency_password_heading, "パスワードとコードを使う"},
    text_row{text_key::emergency_name_label, "お名前"},
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
    text_row{text_key::test_ask_anew, "プロバイダーにパスワードの再入力を求めさせる（prompt=login）"},
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
    text_row{text_key::form_resume_title, "もう一度サインインしました"},
    text_row{
        text_key::form_resume_text,
        "フォームを送信したとき、セッションが終了していました。預かっていた内容を、いま送信し直しています。"
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

constexpr catalogue words{errors, texts};

} // namespace

const catalogue& japanese() { return words; }

} // namespace sekisho::pages
