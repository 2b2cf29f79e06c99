// SPDX-License-Identifier: Apache-2.0
#pragma once
// The words a person reads, in every language they can be read in.

#include "base/error.hpp"
#include "http/fields.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace sekisho::pages
{

enum class language : std::uint8_t
{
    en,
    ja,
};

inline constexpr std::array languages{language::en, language::ja};

// The language for a request's Accept-Language (RFC 9110, 12.5.4); English when it has none or names none of
// ours.
language choose_language(std::span<const http::field> request);

// The value of the lang attribute and of Content-Language (RFC 5646).
std::string_view tag(language in);

// Whether a client can get this code as an answer; the others are internal and become internal_error.
bool is_shown(errc code);

// What one error means to the person in front of it.
struct error_words
{
    errc code;
    std::string_view title;    // a headline without a full stop
    std::string_view happened; // one or two sentences, no jargon
    std::string_view advice;   // what to do now
};

// The words of a code; those of internal_error when the code is not shown.
const error_words& words_of(errc code, language in);

enum class text_key : std::uint8_t
{
    error_code,
    request_id,
    note_for_administrator,
    sign_in,
    sign_in_again,
    try_again,
    to_application,
    signed_out_title,
    signed_out_text,
    signed_out_advice,
    still_signed_in_at_provider,
    confirm_title,
    confirm_text,
    confirm_advice,
    confirm_button,
    stay_signed_in,
    continue_title,
    continue_text,
    continue_advice,
    continue_button,
    redirecting_title,
    redirecting_text,
    redirecting_link,
    fragment_title,
    fragment_text,
    fragment_without_script,
    chooser_title,
    chooser_text,
    chooser_last,
    chooser_others,
    chooser_email_label,
    chooser_email_hint,
    chooser_unknown_domain,
    chooser_malformed_address,
    test_title,
    test_text,
    test_passed_title,
    test_failed_title,
    test_result_text,
    test_download,
    test_again,
    test_passed,
    test_failed,
    test_left_out,
    test_failure,
    test_happened,
    test_causes,
    test_remedy,
    test_step_metadata,
    test_step_pushed_request,
    test_step_pushed_response,
    test_step_authorization_request,
    test_step_callback,
    test_step_front_id_token,
    test_step_token_request,
    test_step_token_response,
    test_step_id_token,
    test_step_userinfo_request,
    test_step_userinfo_response,
    test_step_directory,
    test_step_access_token,
    test_step_person,
    test_step_headers,
    test_step_rules,
    local_restore_notice,
    local_title,
    local_text,
    local_label,
    local_hint,
    emergency_title,
    emergency_text,
    emergency_passkey_button,
    emergency_password_heading,
    emergency_name_label,
    emergency_password_label,
    emergency_code_label,
    emergency_register_title,
    emergency_register_text,
    emergency_register_for,
    emergency_register_button,
    emergency_registered_title,
    emergency_registered_text,
    emergency_no_passkeys,
    emergency_no_script,
    emergency_cancelled,
    emergency_known_device,
    details_are_yours,
    test_ask_anew,
    test_ask_as_usual,
    test_asks_anew,
    form_unsent_note,
    form_resume_title,
    form_resume_text,
    form_resume_advice,
    form_resume_button,
    form_other_person,
    loop_not_stored,
    loop_domain,
    loop_insecure,
    loop_incomplete,
    loop_unknown_here,
    loop_expired,
    loop_ended,
    chooser_keep,
    count_, // not a key: how many there are
};

std::string_view text(text_key key, language in);

} // namespace sekisho::pages
