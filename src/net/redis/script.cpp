// SPDX-License-Identifier: Apache-2.0
#include "net/redis/script.hpp"

#include "base/encoding.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <utility>

namespace sekisho::net
{
namespace
{

// SHA-1 because Redis names scripts so; nothing is kept secret or honest by it.
std::string sha1_of(std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    return hex_encode(std::as_bytes(std::span(digest).first(size)));
}

// EVALSHA hash … becomes EVAL text ….
void spell_out(redis_words& call, const std::string& script)
{
    call[0] = "EVAL";
    call[1] = script;
}

} // namespace

redis_script::redis_script(std::string text) : text_(std::move(text)), hash_(sha1_of(text_)) {}

redis_words redis_script::call(std::string_view key, const redis_words& arguments) const
{
    redis_words made{"EVALSHA", hash_, "1", std::string(key)};
    made.insert(made.end(), arguments.begin(), arguments.end());
    return made;
}

redis_command
redis_script::command(std::string key, const redis_words& arguments, const redis_words& again) const
{
    redis_command made{.words = call(key, arguments), .key = {}, .again = {}, .script = text_};
    if (!again.empty())
        made.again = call(key, again);
    made.key = std::move(key);
    return made;
}

bool redis_sending::goes_again(const result<redis_reply>& outcome)
{
    if (outcome)
    {
        if (!outcome->is_error("NOSCRIPT") || what_.script.empty())
            return false;
        spell_out(what_.words, what_.script);
        if (!what_.again.empty())
            spell_out(what_.again, what_.script);
        what_.script.clear();
        return true;
    }
    if (outcome.error().code == errc::network_timeout || what_.again.empty() || was_repeated_)
        return false;
    was_repeated_ = true;
    what_.words = what_.again;
    return true;
}

} // namespace sekisho::net
