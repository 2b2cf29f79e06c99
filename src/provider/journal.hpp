// SPDX-License-Identifier: Apache-2.0
#pragma once
// What happened in one sign-in, in order, for a person who looks for what is wrong: what was sent, what came
// back, which checks passed. Nothing that can be used to sign in gets out of it. Sign-ins that nobody tests
// have none.

#include "base/error.hpp"
#include "base/json.hpp"
#include "http/fields.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::provider
{

enum class journal_step : std::uint8_t
{
    metadata,
    pushed_request, // RFC 9126
    pushed_response,
    authorization_request,
    callback,
    front_id_token, // hybrid: the one that came through the browser
    token_request,
    token_response,
    id_token,
    userinfo_request,
    userinfo_response,
    directory, // what a completion found
    access_token,
    person,
    headers, // that the application would get
    rules,
    count_, // not a step: how many there are
};

// The stable name of a step, for the report in JSON: "token_request".
std::string_view name_of(journal_step step) noexcept;

struct journal_value
{
    std::string name;
    std::string text;
};

// JSON, indented.
struct journal_document
{
    std::string name;
    std::string text;
};

struct journal_check
{
    enum class outcome : std::uint8_t
    {
        passed,
        left_out, // was not made; the detail says why
        failed,
    };
    std::string name;           // "id_token.aud"
    std::optional<errc> failed; // of what failed only
    std::string detail;         // what was compared, or what is wrong
    outcome came_out = outcome::passed;
};

struct journal_entry
{
    journal_step step{};
    std::vector<journal_value> values;
    std::vector<journal_document> documents;
    std::vector<journal_check> checks;
};

// Belongs to one sign-in, whose steps follow one another: not synchronised.
class journal
{
public:
    // What follows belongs to this step.
    void begin(journal_step step);

    // Before the first begin() nothing is written. A value whose name says that it is a secret, or that looks
    // like a token, is masked.
    void value(std::string_view name, std::string_view text);
    void values(const oidc::parameters& all);
    void fields(const http::owned_fields& all);
    // An answer's body: its members where it is JSON, else only how long it is.
    void body(std::string_view text);
    // A document made of members that may be secret.
    void document(std::string_view name, const json& what);
    // A token: masked, and what its header and payload say when it is a JWT.
    void token(std::string_view name, std::string_view text);
    void passed(std::string_view check, std::string_view detail = {});
    // A check that was not made, on purpose.
    void left_out(std::string_view check, std::string_view why);
    void failed(const error& why);

    // Something that must not appear anywhere in here, also not inside a sentence of a peer. Short texts
    // (below eight characters) would be found in everything and are left alone.
    void keep_secret(std::string_view text);

    // With every secret that came to be known masked wherever it stands.
    std::vector<journal_entry> entries() const;
    std::string without_secrets(std::string text) const;

private:
    journal_entry* now() noexcept { return entries_.empty() ? nullptr : &entries_.back(); }

    std::vector<journal_entry> entries_;
    std::vector<std::string> secrets_;
};

} // namespace sekisho::provider
