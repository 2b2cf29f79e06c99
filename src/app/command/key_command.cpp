// SPDX-License-Identifier: Apache-2.0
#include "app/command/key_command.hpp"

#include "app/command/key_store.hpp"
#include "base/json.hpp"
#include "provider/decryption_keys.hpp"
#include "provider/key_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace sekisho::app
{
namespace
{

key_report failed(const error& failure) { return {status_failed, "sekisho: " + failure.detail + "\n"}; }

std::string describe(const written_key& key)
{
    return fmt::format(
        "wrote {} ({}, kid {})\n", key.file, crypto::name(key.key.usual_algorithm()), key.key.kid()
    );
}

key_report generate_to_decrypt(const std::string& where, crypto::key_management alg, time_point now)
{
    const auto made = generate_decryption_key(where, alg, now);
    if (!made)
        return failed(made.error());
    return {
        0,
        fmt::format("wrote {} ({}, kid {})\n", made->file, name(alg), made->key.kid()) +
            "Name it, or its directory, in oidc.decryption_key; `sekisho key` then prints what to register "
            "at the "
            "provider.\n"
    };
}

key_report generate(const key_request& wanted, time_point now)
{
    if (wanted.decrypts)
        return generate_to_decrypt(wanted.where, *wanted.decrypts, now);
    const auto made = generate_key(wanted.where, wanted.alg.value_or(crypto::algorithm::es256), now);
    if (!made)
        return failed(made.error());
    return {
        0,
        describe(*made) +
            "Name it in oidc.signing_key; `sekisho key` then prints what to register at the provider. Or in "
            "oidc.dpop_key, where nothing has to be registered.\n"
    };
}

key_report rotate(const key_request& wanted, time_point now)
{
    if (wanted.decrypts)
        return {
            status_failed,
            "sekisho: keys that decrypt are not rotated by a plan: `sekisho key generate --alg " +
                std::string(name(*wanted.decrypts)) + " --out " + wanted.where +
                "` adds the next one; remove the file of the old one when no provider uses it any more\n"
        };
    const auto done = rotate_keys({wanted.where, wanted.alg, wanted.publication}, now);
    if (!done)
        return failed(done.error());
    std::string text;
    for (const auto& each : done->removed)
        text += "removed " + each + ", which is done with\n";
    if (!done->added)
        return {
            0,
            text + "the next key is there already and signs from " + format_time(done->signs_from) +
                "; nothing was added\n"
        };
    return {
        0,
        text + describe(*done->added) + "It is published now and signs from " +
            format_time(done->signs_from) +
            "; no restart is needed. If oidc.signing_certificate is set, add this key's certificate before "
            "then; "
            "if the provider has a copy of the keys instead of their address, give it the new one.\n"
    };
}

std::string state_of(const provider::rotation& plan, std::size_t index, const provider::signing_key_file& key)
{
    const auto is_in = [&](const std::vector<std::size_t>& list)
    { return std::ranges::find(list, index) != list.end(); };
    if (plan.signing == index)
        return "signs";
    if (is_in(plan.next))
        return "is published, signs from " + format_time(*key.from);
    if (is_in(plan.leaving))
        return "is published, signs no more";
    return "is done with; the next rotation removes it";
}

// The keys of one provider, and the public ones into `set`.
result<std::string> describe_provider(const settings::oidc_settings& with, time_point now, json& set)
{
    const auto files = provider::read_key_files<crypto::signing_key>(with.signing_key);
    if (!files)
        return std::unexpected(files.error());
    std::string text;
    for (const auto& each : files->unusable)
        text += "  cannot be used: " + each + "\n";
    std::vector<provider::signing_start> starts;
    for (const auto& each : files->keys)
        starts.push_back(each.from);
    const auto plan = provider::plan_rotation(starts, now);
    const auto bound_to = crypto::find_algorithm(with.signing_key_algorithm);
    for (std::size_t index = 0; index < files->keys.size(); ++index)
    {
        const auto& file = files->keys[index];
        const auto key = bound_to ? file.key.used_with(*bound_to).value_or(file.key) : file.key;
        text += fmt::format(
            "  {} ({}, kid {}) {}\n",
            file.name,
            crypto::name(key.usual_algorithm()),
            key.kid(),
            state_of(plan, index, file)
        );
        if (std::ranges::find(plan.retired, index) == plan.retired.end())
            set.push_back(key.public_jwk());
    }
    return text;
}

// The keys that decrypt, and the public halves of those to encrypt to into `set`.
result<std::string> describe_decryption(const settings::oidc_settings& with, time_point now, json& set)
{
    provider::decryption_keys keys(with.decryption_key);
    const auto all = keys.all(now);
    if (!all)
        return std::unexpected(all.error());
    std::string text;
    for (const auto& each : *all)
        text +=
            fmt::format("  {} ({}) decrypts\n", each.kid(), each.alg() ? name(*each.alg()) : each.family());
    for (const auto& each : keys.published(now))
        set.push_back(each.public_jwk());
    return text;
}

std::string address_of_keys(const settings::model& with)
{
    if (with.server.public_url)
        return with.server.public_url->origin() + with.server.jwks_path;
    return "<server.public_url>" + with.server.jwks_path;
}

} // namespace

key_report change_keys(const key_request& wanted, time_point now)
{
    return wanted.what == key_action::rotate ? rotate(wanted, now) : generate(wanted, now);
}

key_report describe_keys(const settings::model& with, time_point now)
{
    auto providers = with.providers;
    providers.insert(providers.begin(), {"default", with.oidc});
    key_report report;
    for (const auto& [name, oidc] : providers)
    {
        if (oidc.signing_key.empty() && oidc.decryption_key.empty())
            continue;
        auto keys = json::array();
        auto text = oidc.signing_key.empty() ? result<std::string>() : describe_provider(oidc, now, keys);
        if (!text)
            return failed(text.error());
        const auto decrypting = describe_decryption(oidc, now, keys);
        if (!decrypting)
            return failed(decrypting.error());
        *text += *decrypting;
        report.text += fmt::format(
            "provider {}, client {}:\n{}Register this address of our public keys (JWKS) at the provider:\n  "
            "{}\n"
            "or, where it takes no address, the keys:\n{}\n",
            name,
            oidc.client_id,
            *text,
            address_of_keys(with),
            to_text(json{{"keys", keys}})
        );
    }
    if (report.text.empty())
        return {
            status_failed,
            "sekisho: neither oidc.signing_key nor oidc.decryption_key is set; `sekisho key generate --out "
            "keys/` makes a first key\n"
        };
    return report;
}

} // namespace sekisho::app
