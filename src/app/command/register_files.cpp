// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_files.hpp"

#include "app/command/key_store.hpp"
#include "app/file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace sekisho::app
{
namespace
{

constexpr std::string_view id_file = "client_id";
constexpr std::string_view secret_file = "client_secret";
constexpr std::string_view token_file = "registration_access_token";
constexpr std::string_view uri_file = "registration_client_uri";
constexpr std::string_view issuer_file = "issuer";

std::string in(const std::string& directory, std::string_view name)
{
    return (std::filesystem::path(directory) / name).string();
}

std::unexpected<error> failed(const std::string& name, int reason)
{
    return fail(errc::value_malformed, "register.out", name + ": " + std::strerror(reason));
}

// Empty: there is no such file.
result<std::string> line_of(const std::string& directory, std::string_view name)
{
    const auto file = in(directory, name);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return std::string();
    auto text = read_file(file);
    if (!text)
        return fail(errc::value_malformed, "register.out", file + ": " + text.error().detail);
    while (text->ends_with('\n') || text->ends_with('\r'))
        text->pop_back();
    return text;
}

result<void> remove(const std::string& file)
{
    if (::unlink(file.c_str()) != 0 && errno != ENOENT)
        return failed(file, errno);
    return {};
}

// Empty text: no such file afterwards.
result<void> replace(const std::string& file, std::string_view text)
{
    if (text.empty())
        return remove(file);
    const auto next = file + ".next";
    if (auto gone = remove(next); !gone) // of a run that was interrupted
        return gone;
    if (auto written = write_new_file(next, std::string(text).append("\n")); !written)
        return written;
    if (std::rename(next.c_str(), file.c_str()) != 0)
        return failed(file, errno);
    return {};
}

} // namespace

result<std::optional<kept_client>> read_kept_client(const std::string& directory)
{
    std::array<std::string, 5> lines;
    constexpr std::array names{id_file, secret_file, token_file, uri_file, issuer_file};
    for (std::size_t index = 0; index < names.size(); ++index)
    {
        auto line = line_of(directory, names[index]);
        if (!line)
            return std::unexpected(line.error());
        lines[index] = std::move(*line);
    }
    if (lines[0].empty())
        return std::nullopt;
    return kept_client{
        lines[0], secret(std::move(lines[1])), secret(std::move(lines[2])), lines[3], lines[4]
    };
}

result<void> prepare_to_keep(const std::string& directory)
{
    std::error_code failure;
    const auto is_new = std::filesystem::create_directories(directory, failure);
    if (failure)
        return fail(errc::value_malformed, "register.out", directory + ": " + failure.message());
    if (is_new)
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failure);
    const auto trial = in(directory, ".trial");
    if (auto written = replace(trial, "trial"); !written)
        return written;
    return remove(trial);
}

result<void> keep_client(const std::string& directory, const kept_client& client)
{
    const std::array<std::pair<std::string_view, std::string_view>, 5> parts{{
        {secret_file, client.client_secret.reveal()},
        {token_file, client.access_token.reveal()},
        {uri_file, client.client_uri},
        {issuer_file, client.issuer},
        {id_file, client.id},
    }};
    for (const auto& [name, text] : parts)
        if (auto kept = replace(in(directory, name), text); !kept)
            return kept;
    return {};
}

result<void> forget_client(const std::string& directory)
{
    for (const auto name : {id_file, secret_file, token_file, uri_file, issuer_file})
        if (auto gone = remove(in(directory, name)); !gone)
            return gone;
    return {};
}

} // namespace sekisho::app
