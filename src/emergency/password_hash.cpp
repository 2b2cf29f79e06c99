// SPDX-License-Identifier: Apache-2.0
#include "emergency/password_hash.hpp"

#include <argon2.h>
#include <array>
#include <charconv>

namespace sekisho::emergency
{
namespace
{

constexpr std::uint32_t passes = 3;
constexpr std::uint32_t memory = 64 * 1024; // KiB
constexpr std::uint32_t most_memory = 256 * 1024;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t hash_size = 32;

// A file that somebody edited must not make us take all the memory there is.
bool is_reasonable(std::string_view hash)
{
    constexpr std::string_view beginning = "$argon2id$v=19$m=";
    if (!hash.starts_with(beginning) || hash.size() > 512)
        return false;
    std::uint32_t wanted = 0;
    const auto rest = hash.substr(beginning.size());
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), wanted);
    return read.ec == std::errc() && wanted <= most_memory &&
           rest.substr(static_cast<std::size_t>(read.ptr - rest.data())).starts_with(",t=3,p=1$");
}

} // namespace

result<std::string> hash_password(const secret& password, crypto::random_source& random)
{
    std::array<std::byte, 16> salt{};
    random.fill(salt);
    std::array<char, 256> encoded{};
    const auto outcome = argon2id_hash_encoded(
        passes,
        memory,
        lanes,
        password.reveal().data(),
        password.size(),
        salt.data(),
        salt.size(),
        hash_size,
        encoded.data(),
        encoded.size()
    );
    if (outcome != ARGON2_OK)
        return fail(errc::internal_error, "argon2id", argon2_error_message(outcome));
    return std::string(encoded.data());
}

bool is_password(const secret& password, std::string_view hash)
{
    return is_reasonable(hash) &&
           argon2id_verify(std::string(hash).c_str(), password.reveal().data(), password.size()) == ARGON2_OK;
}

std::string_view nobodys_hash() noexcept
{
    return "$argon2id$v=19$m=65536,t=3,p=1$c2VraXNoby1ub2JvZHkhIQ$"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

} // namespace sekisho::emergency
