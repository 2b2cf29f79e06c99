// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider says about a person, verified: a JSON object as an immutable value.

#include "base/json.hpp"
#include "base/result.hpp"
#include "oidc/names.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// A member of an object by its name; if there is none of that very name, by JSON pointer
// ("/realm_access/roles") or by a path of names separated by dots ("realm_access.roles", where a name may
// itself contain dots). nullptr: none, null, or `object` is no object.
const json* find_claim(const json& object, std::string_view path);

// Whether a claim says anything at all: neither null nor "". nullptr does not.
bool says_something(const json* claim);

// Cheap to copy; may be used by several threads at once.
class claims
{
public:
    claims(); // no claims
    // Error: value_malformed at `where` (a literal) unless the text is one JSON object.
    static result<claims> parse(std::string_view text, std::string_view where);
    static result<claims> of(json object, std::string_view where);

    // As find_claim() finds it.
    const json* find(std::string_view path) const;
    // Only a non-empty string; numbers, booleans and null never become text.
    std::optional<std::string> text(std::string_view path) const;
    // A string, or the strings of an array, without empty ones; members of another type are left out.
    std::vector<std::string> texts(std::string_view path) const;
    // Only the JSON values true and false.
    std::optional<bool> flag(std::string_view path) const;
    std::optional<double> number(std::string_view path) const;

    oidc::subject subject() const; // empty: none
    // These claims, and those of `other` whose names are not among them. `email_verified` is said of the
    // `email` beside it (Core 5.1): it verifies no other address.
    claims with_missing_from(const claims& other) const;
    // The JSON object, compact.
    std::string to_text() const;
    const json& object() const noexcept { return *object_; }

private:
    explicit claims(json object);
    std::shared_ptr<const json> object_;
};

} // namespace sekisho::oidc
