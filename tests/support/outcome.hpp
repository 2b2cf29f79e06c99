// SPDX-License-Identifier: Apache-2.0
#pragma once
// What became of a call, as one text that a table can hold: "ok" or "oidc_issuer_mismatch at
// metadata.issuer".

#include "base/result.hpp"

#include <string>

namespace sekisho::test
{

template <class Value>
std::string outcome(const result<Value>& of)
{
    if (of)
        return "ok";
    return std::string(describe(of.error().code).name) + " at " + std::string(of.error().where);
}

template <class Value>
std::string detail(const result<Value>& of)
{
    return of ? "" : of.error().detail;
}

inline bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace sekisho::test
