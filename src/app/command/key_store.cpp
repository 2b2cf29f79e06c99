// SPDX-License-Identifier: Apache-2.0
#include "app/command/key_store.hpp"

#include "base/json.hpp"
#include "provider/key_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sekisho::app
{
namespace
{

namespace fs = std::filesystem;

std::unexpected<error> refused(std::string detail)
{
    return fail(errc::value_malformed, "key", std::move(detail));
}

std::unexpected<error> failed(const std::string& name)
{
    return refused(name + ": " + std::system_category().message(errno));
}

class descriptor
{
public:
    explicit descriptor(int number) noexcept : number_(number) {}
    ~descriptor()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    int number() const noexcept { return number_; }
    bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

std::string directory_of(const std::string& name)
{
    const auto parent = fs::path(name).parent_path().string();
    return parent.empty() ? "." : parent;
}

bool write_all(int to, std::string_view text)
{
    while (!text.empty())
    {
        const auto written = ::write(to, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return false;
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return ::fsync(to) == 0;
}

// A name in a directory is on the disk when the directory is.
bool flush_directory(const std::string& name)
{
    const descriptor open(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return open.is_open() && ::fsync(open.number()) == 0;
}

// Never over a file that is there. Some file systems cannot promise that by themselves.
bool move_new(const std::string& from, const std::string& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (::access(to.c_str(), F_OK) == 0)
    {
        errno = EEXIST;
        return false;
    }
    return std::rename(from.c_str(), to.c_str()) == 0;
}

std::string jwk_text(json jwk, time_point made, time_point used_from)
{
    jwk["iat"] = to_numeric_date(made);
    jwk["nbf"] = to_numeric_date(used_from);
    return to_text(jwk) + "\n";
}

// Names sort as their times do.
std::string name_in(const std::string& directory, const std::string& thumbprint, time_point made)
{
    auto time = format_time(made);
    std::erase_if(time, [](char each) { return each == '-' || each == ':'; });
    return (fs::path(directory) / (time + "-" + thumbprint.substr(0, 8) + ".jwk")).string();
}

result<written_key>
write_jwk(const std::string& file, crypto::signing_key key, time_point made, time_point signs_from)
{
    const secret text(jwk_text(key.private_jwk(), made, signs_from));
    if (auto written = write_new_file(file, text.reveal()); !written)
        return std::unexpected(written.error());
    return written_key{file, std::move(key)};
}

// Whether `where` is a directory that a first key goes into; made when it should be.
result<bool> is_empty_directory(const std::string& where)
{
    std::error_code failure;
    if (where.ends_with('/') && !fs::exists(where, failure) &&
        ::mkdir(where.substr(0, where.size() - 1).c_str(), 0700) != 0)
        return failed(where);
    if (!fs::is_directory(where, failure))
        return false;
    if (const auto there = provider::read_key_files<crypto::signing_key>(where); there)
        return refused(where + " has keys already: `sekisho key rotate " + where + "` adds the next one");
    return true;
}

result<std::vector<std::string>>
remove_retired(const provider::signing_key_files& files, const provider::rotation& plan)
{
    std::vector<std::string> removed;
    for (const auto index : plan.retired)
    {
        const auto& name = files.keys.at(index).name;
        if (::unlink(name.c_str()) != 0)
            return failed(name);
        removed.push_back(name);
    }
    return removed;
}

} // namespace

result<void> write_new_file(const std::string& name, std::string_view text)
{
    const auto directory = directory_of(name);
    auto temporary = directory + "/.sekisho-XXXXXX"; // read as a key by nobody: it begins with "."
    const descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file.is_open())
        return failed(directory);
    if (!write_all(file.number(), text) || !move_new(temporary, name))
    {
        const auto reason = errno;
        ::unlink(temporary.c_str());
        errno = reason;
        return failed(name);
    }
    if (!flush_directory(directory))
        return failed(directory);
    return {};
}

result<written_key> generate_key(const std::string& where, crypto::algorithm alg, time_point now)
{
    auto key = crypto::signing_key::generate(alg);
    if (!key)
        return std::unexpected(key.error());
    const auto in_directory = is_empty_directory(where);
    if (!in_directory)
        return std::unexpected(in_directory.error());
    if (*in_directory)
    {
        auto file = name_in(where, key->thumbprint(), now);
        return write_jwk(file, std::move(*key), now, now);
    }
    if (!where.ends_with(".pem"))
        return write_jwk(where, std::move(*key), now, now);
    if (auto written = write_new_file(where, key->private_pem().reveal()); !written)
        return std::unexpected(written.error());
    return written_key{where, std::move(*key)};
}

result<written_decryption_key>
generate_decryption_key(const std::string& where, crypto::key_management alg, time_point now)
{
    auto key = crypto::decryption_key::generate(alg);
    if (!key)
        return std::unexpected(key.error());
    const auto in_directory = is_empty_directory(where);
    if (!in_directory)
        return std::unexpected(in_directory.error());
    const auto file = *in_directory ? name_in(where, key->thumbprint(), now) : where;
    const auto text =
        file.ends_with(".pem") ? key->private_pem() : secret(jwk_text(key->private_jwk(), now, now));
    if (auto written = write_new_file(file, text.reveal()); !written)
        return std::unexpected(written.error());
    return written_decryption_key{file, std::move(*key)};
}

result<key_rotation> rotate_keys(const rotation_request& wanted, time_point now)
{
    const auto& directory = wanted.directory;
    const descriptor lock(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!lock.is_open())
        return failed(directory);
    if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0)
        return refused(directory + ": another rotation is under way");
    const auto files = provider::read_key_files<crypto::signing_key>(directory);
    if (!files)
        return std::unexpected(files.error());
    if (!files->unusable.empty())
        return refused(files->unusable.front() + "; put it right or take it away first");
    std::vector<provider::signing_start> starts;
    for (const auto& each : files->keys)
        starts.push_back(each.from);
    const auto plan = provider::plan_rotation(starts, now);
    auto removed = remove_retired(*files, plan);
    if (!removed)
        return std::unexpected(removed.error());
    if (!plan.next.empty())
        return key_rotation{std::nullopt, *starts.at(plan.next.front()), std::move(*removed)};
    const auto alg = wanted.alg.value_or(files->keys.at(*plan.signing).key.usual_algorithm());
    auto key = crypto::signing_key::generate(alg);
    if (!key)
        return std::unexpected(key.error());
    const auto signs_from = now + wanted.publication;
    const auto file = name_in(directory, key->thumbprint(), now);
    auto added = write_jwk(file, std::move(*key), now, signs_from);
    if (!added)
        return std::unexpected(added.error());
    return key_rotation{std::move(*added), signs_from, std::move(*removed)};
}

} // namespace sekisho::app
