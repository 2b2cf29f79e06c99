// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/kept_forms.hpp"

#include "base/encoding.hpp"
#include "base/secret.hpp"
#include "crypto/hash.hpp"
#include "http/cookie.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view step = "kept_forms";
constexpr std::size_t token_size = 43; // 256 bits as base64url

// Sealed for both: whoever reads the shelf has neither, and one form never opens as another.
std::string binding(std::string_view id, std::string_view key)
{
    return std::string(id).append(".").append(key);
}

std::string name_of(std::string_view id, std::string_view key)
{
    const auto bound = binding(id, key);
    return "form:" + base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(bound)));
}

} // namespace

kept_forms::kept_forms(
    const session::cookie_config& config,
    std::shared_ptr<session::shelf> where,
    crypto::key_ring keys,
    std::shared_ptr<form_room> room,
    crypto::random_source& random,
    form_keeping by
)
    : name_(config.reached_by == session::transport::https ? "__Host-" : ""),
      is_secure_(config.reached_by == session::transport::https), shelf_(std::move(where)),
      keys_(std::move(keys)), room_(std::move(room)), random_(&random), by_(by)
{
    name_.append(session::sign_in_cookie_stem).append(session::form_cookie_end);
}

std::string kept_forms::key_in(std::span<const http::field> request) const
{
    const auto sealed = http::find_cookie(request, name_);
    if (!sealed)
        return {};
    auto key = keys_.open(*sealed, name_);
    return key && key->size() == token_size ? std::move(*key) : std::string();
}

std::string kept_forms::cookie_with(const std::string& key) const
{
    http::set_cookie cookie;
    cookie.name = name_;
    cookie.value = keys_.seal(key, name_, *random_);
    cookie.max_age = by_.life;
    cookie.secure = is_secure_;
    return http::to_text(cookie);
}

net::task<result<kept_forms::kept>> kept_forms::keep(
    const kept_form& form, std::span<const http::field> request, std::string_view client, time_point now
) const
{
    auto plain = encode(form);
    if (!room_->take(client, plain.size(), now + by_.life, now))
        co_return fail(
            errc::value_too_large,
            step,
            "too many forms wait for a sign-in already: no room for another one of " +
                std::to_string(plain.size()) + " bytes"
        );
    auto key = key_in(request);
    if (key.empty())
        key = random_->token(256);
    kept made{random_->token(256), cookie_with(key)};
    session::shelved value{1, keys_.seal(plain, binding(made.id, key), *random_)};
    wipe(plain.data(), plain.size());
    auto put =
        co_await shelf_->put(name_of(made.id, key), std::move(value), by_.life, session::put_when::absent);
    if (!put)
        co_return std::unexpected(put.error());
    co_return made;
}

net::task<result<std::optional<kept_form>>>
kept_forms::take(std::string id, std::span<const http::field> request) const
{
    const auto key = key_in(request);
    if (key.empty() || id.size() != token_size)
        co_return std::nullopt;
    const auto name = name_of(id, key);
    auto found = co_await shelf_->get(name);
    if (!found)
        co_return std::unexpected(found.error());
    if (!*found)
        co_return std::nullopt;
    // Of two who come for it one gets it.
    auto taken = co_await shelf_->take_own(name, (*found)->value);
    if (!taken)
        co_return std::unexpected(taken.error());
    if (!*taken)
        co_return std::nullopt;
    auto plain = keys_.open((*found)->value, binding(id, key));
    if (!plain)
        co_return std::nullopt;
    auto form = decode_kept_form(*plain);
    wipe(plain->data(), plain->size());
    if (!form)
        co_return std::nullopt;
    co_return std::move(*form);
}

} // namespace sekisho::gateway
