// SPDX-License-Identifier: Apache-2.0
#include "pages/page.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "pages/failure_part.hpp"
#include "pages/layout.hpp"

#include <nlohmann/json.hpp>

namespace sekisho::pages
{
namespace
{

// A request id from outside may be any bytes; JSON may not.
std::string safe_text(std::string_view text) { return is_utf8(text) ? std::string(text) : std::string(); }

http::response error_json(errc code, const setting& with, const error_options& options)
{
    json body;
    body["code"] = describe(code).name;
    body["message"] = words_of(code, with.in).happened;
    body["request_id"] = safe_text(with.request_id);
    if (!options.sign_in_url.empty())
        body["sign_in_url"] = safe_text(options.sign_in_url);

    http::response answer{.status = describe(code).status, .fields = protective_fields(), .body = {}};
    answer.fields.emplace_back("Content-Type", "application/json");
    answer.fields.emplace_back("Content-Language", tag(with.in));
    answer.fields.emplace_back("Vary", "Accept, Accept-Language");
    answer.body = to_text(json{{"error", std::move(body)}});
    return answer;
}

// `really`: what happened, where it is told; `code`: what everybody reads.
http::response error_html(errc code, errc really, const setting& with, const error_options& options)
{
    const auto& words = words_of(code, with.in);
    content what{
        .status = describe(code).status, .title = words.title, .text = words.happened, .advice = words.advice
    };
    what.error_code = describe(code).name;
    what.note = options.note;
    const auto asks_first = code == errc::session_required || code == errc::step_up_required;
    // What was entered may still be there behind the back button, and is not behind any link.
    const auto goes_back_first = code == errc::form_not_sent;
    const auto offer = [&](std::string_view url, text_key label)
    {
        if (url.empty())
            return;
        const auto is_main = what.main_url.empty() && !goes_back_first;
        (is_main ? what.main_url : what.second_url) = url;
        (is_main ? what.main_label : what.second_label) = text(label, with.in);
    };
    offer(options.sign_in_url, asks_first ? text_key::sign_in : text_key::sign_in_again);
    offer(options.again_url, text_key::try_again);
    offer(options.application_url, text_key::to_application);
    template_values values;
    if (options.details.empty())
        return lay_out(with, what);
    add_failure(values, really, options.details, with.in);
    std::string notes(options.note);
    notes.append(notes.empty() ? "" : " ").append(text(text_key::details_are_yours, with.in));
    what.note = notes;
    what.part = failure_part;
    what.part_values = &values;
    return lay_out(with, what);
}

} // namespace

http::response error_page(errc code, const setting& with, const error_options& options)
{
    const auto shown = is_shown(code) ? code : errc::internal_error;
    auto answer = options.for_whom == reader::program ? error_json(shown, with, options)
                                                      : error_html(shown, code, with, options);
    if (answer.status == 401)
        answer.fields.emplace_back(
            "WWW-Authenticate", options.challenge.empty() ? usual_challenge : options.challenge
        );
    if (options.retry_after > std::chrono::seconds{0})
        answer.fields.emplace_back("Retry-After", std::to_string(options.retry_after.count()));
    return answer;
}

http::response
signed_out_page(const setting& with, std::string_view sign_in_url, provider_session at_provider)
{
    content what{
        .title = text(text_key::signed_out_title, with.in),
        .text = text(text_key::signed_out_text, with.in),
        .advice = text(text_key::signed_out_advice, with.in)
    };
    if (at_provider == provider_session::maybe_open)
        what.note = text(text_key::still_signed_in_at_provider, with.in);
    what.main_url = sign_in_url;
    what.main_label = text(text_key::sign_in_again, with.in);
    return lay_out(with, what);
}

http::response sign_out_confirmation_page(const setting& with, const sign_out_form& form)
{
    content what{
        .title = text(text_key::confirm_title, with.in),
        .text = text(text_key::confirm_text, with.in),
        .advice = text(text_key::confirm_advice, with.in)
    };
    what.form = &form;
    what.form_label = text(text_key::confirm_button, with.in);
    what.second_url = form.stay_url;
    what.second_label = text(text_key::stay_signed_in, with.in);
    return lay_out(with, what);
}

http::response continue_page(const setting& with, std::string_view url)
{
    content what{
        .status = describe(errc::oidc_sign_in_expired).status,
        .title = text(text_key::continue_title, with.in),
        .text = text(text_key::continue_text, with.in),
        .advice = text(text_key::continue_advice, with.in)
    };
    what.error_code = describe(errc::oidc_sign_in_expired).name;
    what.main_url = url;
    what.main_label = text(text_key::continue_button, with.in);
    return lay_out(with, what);
}

http::response redirecting_page(const setting& with, std::string_view url)
{
    content what{
        .title = text(text_key::redirecting_title, with.in), .text = text(text_key::redirecting_text, with.in)
    };
    what.refresh_url = url;
    what.main_url = url;
    what.main_label = text(text_key::redirecting_link, with.in);
    return lay_out(with, what);
}

} // namespace sekisho::pages
