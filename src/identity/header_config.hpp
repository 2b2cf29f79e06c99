// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which request headers tell an application who is calling, how their values are written, and which names are
// taken away from every client.

#include <cstdint>
#include <string>
#include <vector>

namespace sekisho::identity
{

// How a value is written into a header line.
enum class value_encoding : std::uint8_t
{
    automatic, // bytes outside ASCII, "%", and spaces at the ends become %XX; a reader may always
               // percent-decode
    utf8,      // as it is; spaces at the ends are refused, in lists they become %20
    percent,   // all but unreserved characters become %XX (RFC 3986)
    base64url, // RFC 4648, 5, without padding
};

// How several groups are written.
enum class group_format : std::uint8_t
{
    separated, // "a,b"; a separator or "%" inside a name becomes %XX whatever the encoding, so splitting is
               // safe
    json, // ["a","b"]; other than utf8 the JSON text is pure ASCII; percent and base64url encode the whole
          // text
    repeated, // one line per group; a comma inside a name becomes %2C, as with `separated`
};

// Whether the application gets a token in `Authorization`. `untouched` leaves the client's own in place.
enum class authorization_header : std::uint8_t
{
    untouched,
    id_token,
    access_token,
};

// Names of request headers; an empty name: not sent (and still taken away from clients under its default
// name).
struct header_config
{
    std::string user = "X-Forwarded-User";
    std::string username = "X-Forwarded-Preferred-Username";
    std::string email = "X-Forwarded-Email";
    std::string groups = "X-Forwarded-Groups";
    std::string name;
    std::string roles; // written as groups are
    std::string picture;
    std::string id_token;
    std::string access_token;
    std::vector<std::string> extra;    // header names that identity::extra may use
    std::vector<std::string> stripped; // further names to take away from clients
    value_encoding encoding = value_encoding::automatic;
    group_format groups_as = group_format::separated;
    char separator = ',';
    authorization_header authorization = authorization_header::untouched;
};

// Whether rendering needs the tokens, and so whether a session must keep them.
bool needs_id_token(const header_config& config) noexcept;
bool needs_access_token(const header_config& config) noexcept;

// What is wrong with the configuration, each as a sentence naming the value: names that are no tokens, that
// frame or route the message (Host, Content-Length, Connection, Cookie …), used twice, an unusable separator.
// Empty: nothing.
std::vector<std::string> problems(const header_config& config);

// The names that no client may send, each once, lower case with "-": those the configuration sets, the
// well-known ones of this and other gates, and `stripped`. To be matched without case and with "_" like "-"
// (http/field_name). `Authorization` is among them only when the configuration sets it.
std::vector<std::string> names_to_strip(const header_config& config);

} // namespace sekisho::identity
