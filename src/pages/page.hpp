// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every answer of ours that a person may see, as a value. Nothing a peer sent is ever shown but the request
// id and addresses of our own; all of it is escaped. No page loads anything or runs a script.

#include "base/error.hpp"
#include "http/head.hpp"
#include "pages/language.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::pages
{

enum class reader : std::uint8_t
{
    person,  // HTML
    program, // JSON
};

// Fields that every answer of ours carries, page or JSON: no caching, no sniffing, no referrer, no framing.
http::owned_fields protective_fields();

// A state that every page tells of.
enum class notice : std::uint8_t
{
    none,
    local_restore, // sign-in at the provider is switched off
};

// What every page is made with. Views must live until the page is made.
struct setting
{
    language in = language::en;
    std::string_view site{}; // the host people know the application by, shown at the top; empty: not shown
    std::string_view request_id{}; // empty: not shown
    notice tells = notice::none;
};

// What an error answer offers beside its words.
struct error_options
{
    reader for_whom = reader::person;
    std::string_view sign_in_url{}; // where "sign in again" leads, an address of ours; empty: not offered
    std::string_view again_url{};   // where "try again" leads, a page of the application; empty: not offered
    std::string_view application_url{};  // where "go to the application" leads; empty: not offered
    std::chrono::seconds retry_after{0}; // sent as Retry-After; 0: not sent
    std::string_view challenge{};        // WWW-Authenticate of a 401; empty: the usual one
    std::string_view note{};             // a further sentence for a person, as text() has it; empty: none
    std::string_view details{};          // for a person who may read exactly what was wrong; empty: not shown
};

// The WWW-Authenticate of a 401 for which there is no better one. No browser knows the scheme, so none opens
// a dialog of its own.
inline constexpr std::string_view usual_challenge = "OpenIDConnect realm=\"sekisho\"";

// The answer to a failure: status from the code's row, a page for a person, for a program
// {"error":{"code","message","request_id","sign_in_url"?}}. A 401 carries WWW-Authenticate (RFC
// 9110, 11.6.1).
http::response error_page(errc code, const setting& with, const error_options& options = {});

enum class provider_session : std::uint8_t
{
    ended,      // the provider signed the person out as well
    maybe_open, // it has no way to be asked
};

// 200: the person is signed out. `sign_in_url` is an address of ours; empty: not offered.
http::response
signed_out_page(const setting& with, std::string_view sign_in_url, provider_session at_provider);

// A form that signs out when a person agrees.
struct sign_out_form
{
    std::string_view action{}; // an address of ours
    std::vector<std::pair<std::string, std::string>> hidden_fields{};
    std::string_view stay_url{};     // where "stay signed in" leads
    std::string_view form_targets{}; // further CSP sources of form-action: browsers hold redirects after a
                                     // form against it, and sign-out goes on to the provider; empty: none
};

// 200: another site asked for a sign-out; it happens only when the form is sent.
http::response sign_out_confirmation_page(const setting& with, const sign_out_form& form);

// 400: the sign-in ran out of time; `url` begins another one with the same destination.
http::response continue_page(const setting& with, std::string_view url);

// 200: goes on to `url`, an address of ours, by itself. A redirect would still belong to the navigation the
// provider began, on which browsers send no SameSite=Strict cookie; this one begins here.
http::response redirecting_page(const setting& with, std::string_view url);

} // namespace sekisho::pages
