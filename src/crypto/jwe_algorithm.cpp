// SPDX-License-Identifier: Apache-2.0
#include "crypto/jwe_algorithm.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::crypto
{
namespace
{

constexpr std::array<std::string_view, 5> managements{
    "RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"
};

struct encryption_row
{
    std::string_view name;
    content_sizes sizes;
};
constexpr std::array<encryption_row, 4> encryptions{{
    {"A128GCM", {16, 12, 16}},
    {"A256GCM", {32, 12, 16}},
    {"A128CBC-HS256", {32, 16, 16}},
    {"A256CBC-HS512", {64, 16, 32}},
}};

static_assert(managements[static_cast<std::size_t>(key_management::ecdh_es_a256kw)] == "ECDH-ES+A256KW");
static_assert(
    encryptions[static_cast<std::size_t>(content_encryption::a256cbc_hs512)].name == "A256CBC-HS512"
);

} // namespace

std::string_view name(key_management alg) noexcept { return managements[static_cast<std::size_t>(alg)]; }

std::string_view name(content_encryption enc) noexcept
{
    return encryptions[static_cast<std::size_t>(enc)].name;
}

std::optional<key_management> find_key_management(std::string_view name) noexcept
{
    const auto* const known = std::ranges::find(managements, name);
    if (known == managements.end())
        return std::nullopt;
    return static_cast<key_management>(known - managements.begin());
}

std::optional<content_encryption> find_content_encryption(std::string_view name) noexcept
{
    const auto* const known = std::ranges::find(encryptions, name, &encryption_row::name);
    if (known == encryptions.end())
        return std::nullopt;
    return static_cast<content_encryption>(known - encryptions.begin());
}

std::string key_management_names()
{
    std::string text;
    for (const auto each : managements)
        text.append(text.empty() ? "" : ", ").append(each);
    return text;
}

std::string content_encryption_names()
{
    std::string text;
    for (const auto& each : encryptions)
        text.append(text.empty() ? "" : ", ").append(each.name);
    return text;
}

bool is_agreement(key_management alg) noexcept
{
    return alg != key_management::rsa_oaep && alg != key_management::rsa_oaep_256;
}

content_sizes sizes_of(content_encryption enc) noexcept
{
    return encryptions[static_cast<std::size_t>(enc)].sizes;
}

} // namespace sekisho::crypto
