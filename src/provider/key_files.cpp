// SPDX-License-Identifier: Apache-2.0
#include "provider/key_files.hpp"

#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace sekisho::provider
{
namespace
{

namespace fs = std::filesystem;

constexpr std::string_view step = "key_file";
constexpr std::size_t largest = 64 * std::size_t{1024};

std::unexpected<error> unusable(std::string detail)
{
    return fail(errc::value_malformed, step, std::move(detail));
}

bool is_key_name(const fs::path& name)
{
    constexpr std::array<std::string_view, 4> endings{".jwk", ".json", ".pem", ".key"};
    return !name.filename().string().starts_with('.') &&
           std::ranges::find(endings, name.extension().string()) != endings.end();
}

// What makes such a key.
template <class Key>
const std::string command_for = "sekisho key generate";
template <>
const std::string command_for<crypto::decryption_key> = "sekisho key generate --alg RSA-OAEP-256";

template <class Key>
result<key_file<Key>> read_jwk(const std::string& name, std::string_view text)
{
    const auto parsed = parse_json(text);
    if (!parsed)
        return std::unexpected(parsed.error());
    auto key = Key::from_jwk(*parsed);
    if (!key)
        return std::unexpected(key.error());
    const auto members = json_object::of(*parsed, step);
    const auto start = members->optional_number("nbf");
    if (!start)
        return std::unexpected(start.error());
    signing_start from;
    if (*start)
        from = from_numeric_date(**start);
    return key_file<Key>{name, std::move(*key), from};
}

} // namespace

// Kubernetes' volumes are links, so links are followed.
std::vector<std::string> key_file_names(const std::string& where)
{
    std::vector<std::string> names;
    std::error_code failure;
    if (!fs::is_directory(where, failure))
        return {where};
    for (fs::directory_iterator each(where, failure), end; !failure && each != end; each.increment(failure))
        if (std::error_code ignored; is_key_name(each->path()) && each->is_regular_file(ignored))
            names.push_back(each->path().string());
    std::ranges::sort(names);
    return names;
}

result<std::string> read_small_file(const std::string& name)
{
    errno = 0;
    std::ifstream file(name, std::ios::binary);
    if (!file)
        return unusable(std::system_category().message(errno));
    std::string text(largest + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad())
        return unusable(std::system_category().message(errno));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > largest)
        return unusable("larger than 64 KiB");
    return text;
}

template <class Key>
result<key_file<Key>> read_key_file(const std::string& name)
{
    auto text = read_small_file(name);
    if (!text)
        return std::unexpected(text.error());
    const secret kept(std::move(*text));
    const auto first = kept.reveal().find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return unusable("the file is empty");
    if (kept.reveal()[first] == '{')
        return read_jwk<Key>(name, kept.reveal());
    auto key = Key::from_pem(kept);
    if (!key)
        return std::unexpected(key.error());
    return key_file<Key>{name, std::move(*key), std::nullopt};
}

template <class Key>
result<key_files<Key>> read_key_files(const std::string& where)
{
    key_files<Key> found;
    for (const auto& name : key_file_names(where))
    {
        auto read = read_key_file<Key>(name);
        if (read)
            found.keys.push_back(std::move(*read));
        else
            found.unusable.push_back(name + ": " + read.error().detail);
    }
    if (!found.keys.empty())
        return found;
    if (found.unusable.empty())
        return unusable(
            where + ": no key in this directory (*.jwk, *.json, *.pem, *.key); `" + command_for<Key> +
            " --out " + where + "` makes one"
        );
    std::string detail;
    for (const auto& each : found.unusable)
        detail.append(detail.empty() ? "" : "; ").append(each);
    return unusable(std::move(detail));
}

template result<key_file<crypto::signing_key>> read_key_file(const std::string&);
template result<key_file<crypto::decryption_key>> read_key_file(const std::string&);
template result<key_files<crypto::signing_key>> read_key_files(const std::string&);
template result<key_files<crypto::decryption_key>> read_key_files(const std::string&);

std::string state_of_files(const std::string& where)
{
    std::string state;
    for (const auto& name : key_file_names(where))
    {
        struct stat about = {};
        if (::stat(name.c_str(), &about) != 0)
            state += fmt::format("{}: {}\n", name, errno);
        else
            state += fmt::format(
                "{}: {} {} {} {}.{}\n",
                name,
                about.st_dev,
                about.st_ino,
                about.st_size,
                about.st_mtim.tv_sec,
                about.st_mtim.tv_nsec
            );
    }
    return state;
}

} // namespace sekisho::provider
