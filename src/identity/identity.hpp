// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is signed in, as applications and rules see it. Made by identity/mapping only.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::identity
{

// What the provider says of the e-mail address.
enum class email_verification : std::uint8_t
{
    unknown,    // it says nothing
    verified,   // it says that the address is verified
    unverified, // it says anything else
};

// Further values for a request header that the configuration names.
struct extra_value
{
    std::string header;
    std::vector<std::string> values; // never empty
    friend bool operator==(const extra_value&, const extra_value&) = default;
};

// Bounds of what a session carries; more is refused, for a list cut short is a wrong answer.
inline constexpr std::size_t max_text_size = 1024;      // bytes of one value
inline constexpr std::size_t max_picture_size = 2048;   // bytes
inline constexpr std::size_t max_list_items = 1000;     // of one list, after the filters
inline constexpr std::size_t max_list_size = 48 * 1024; // bytes of one list, after the filters

// No text holds control characters; all are well-formed UTF-8. Who a person is, is issuer and subject
// together; every other value may be the same for two people.
struct identity
{
    std::string issuer;   // `iss`, byte for byte
    std::string subject;  // `sub`; unique and stable within the issuer (OIDC Core 5.7)
    std::string user;     // the user id claim; never empty
    std::string username; // for people to read; empty: none
    std::optional<std::string> email;
    email_verification email_state = email_verification::unknown;
    std::string name;                // full name; empty: none
    std::vector<std::string> groups; // each once, in the provider's order, none empty
    std::vector<std::string> roles;  // as groups
    std::string picture;             // address of an image, http or https; empty: none
    std::vector<extra_value> extra;
    friend bool operator==(const identity&, const identity&) = default;
};

// Whether both are one person: issuer and subject together.
bool is_same_person(const identity& left, const identity& right) noexcept;

// The person as a short text to compare: SHA-256 of issuer and subject, base64url.
std::string fingerprint(const identity& person);

// Whether a value is one that we keep: well-formed UTF-8 without control characters (C0, DEL, C1) and line
// separators (U+2028, U+2029).
bool is_clean_text(std::string_view value) noexcept;

// Whether an address has a form that two readers cannot understand differently: exactly one "@" with
// something on both sides, no space, control, double quote, comma, angle bracket or semicolon, no dot at the
// end.
bool is_email_address(std::string_view value) noexcept;

} // namespace sekisho::identity
