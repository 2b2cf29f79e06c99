// SPDX-License-Identifier: Apache-2.0
#include "session/shelf_names.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "session/codec_parts.hpp"

#include <stdexcept>

namespace sekisho::session
{
namespace
{

constexpr std::string_view salt = "sekisho shelf";

} // namespace

std::string member_name(const session_id& id)
{
    return base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(id.view())));
}

std::string record_name(const session_id& id) { return "session:" + member_name(id); }
std::string handover_name(const session_id& id) { return "renewed:" + member_name(id); }
std::string note_name(std::string_view member) { return "note:" + std::string(member); }

shelf_names::shelf_names(const std::vector<secret>& secrets)
{
    if (secrets.empty())
        throw std::invalid_argument("shelf_names: no secret");
    keys_.reserve(secrets.size());
    for (const auto& each : secrets)
    {
        auto key = crypto::derive_key(as_bytes(each.reveal()), salt, "names");
        keys_.emplace_back(std::string(as_text(key)));
        wipe(key.data(), key.size());
    }
}

std::vector<std::string>
shelf_names::of(std::string_view kind, std::initializer_list<std::string_view> values) const
{
    writer plain('N');
    plain.text(kind);
    for (const auto value : values)
        plain.text(value);
    const auto text = plain.finish();
    std::vector<std::string> names;
    names.reserve(keys_.size());
    for (const auto& key : keys_)
    {
        const auto code = crypto::hmac(crypto::digest::sha256, as_bytes(key.reveal()), as_bytes(text));
        names.push_back(std::string(kind) + ":" + base64url_encode(code));
    }
    return names;
}

} // namespace sekisho::session
