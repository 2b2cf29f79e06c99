// SPDX-License-Identifier: Apache-2.0
#pragma once
// The pages of emergency people: signing in and registering with a passkey, which takes the one script that
// our pages have; or signing in with a password and a code, which takes none.

#include "http/head.hpp"
#include "pages/page.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::pages
{

enum class password_form : std::uint8_t
{
    left_out, // nobody has a password
    shown,
};

struct emergency_page
{
    std::string_view action{};      // an address of ours
    std::string_view token{};       // of the form, and the challenge: base64url
    std::string_view rp_id{};       // WebAuthn's name of our host
    std::string_view passkey_ids{}; // base64url, with commas: to sign in with one of them (empty: with any),
                                    // or that are registered already
    // To register.
    std::string_view name{};   // the person's
    std::string_view handle{}; // base64url
    // To sign in.
    password_form password = password_form::left_out;
};

// 200. Posts `form`, `way=passkey` and credential, client_data, authenticator_data, signature and
// user_handle; or `way=password` and name, password and code.
http::response emergency_sign_in_page(const setting& with, const emergency_page& what);

// 200. Posts `form`, `way=register` and client_data, attestation and discoverable.
http::response emergency_registration_page(const setting& with, const emergency_page& what);

// 200: it is done; `url` is where to try it.
http::response emergency_registered_page(const setting& with, std::string_view url);

} // namespace sekisho::pages
