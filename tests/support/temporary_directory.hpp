// SPDX-License-Identifier: Apache-2.0
#pragma once
// A directory of its own for one test, gone with it.

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <string_view>

namespace sekisho::test
{

class temporary_directory
{
public:
    temporary_directory()
    {
        auto name = (std::filesystem::temp_directory_path() / "sekisho-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary directory");
        path_ = name;
    }
    ~temporary_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;

    std::string path() const { return path_.string(); }
    std::string file(std::string_view name) const { return (path_ / name).string(); }
    // Writes a file in it; its whole name.
    std::string write(std::string_view name, std::string_view text) const
    {
        const auto whole = file(name);
        std::ofstream(whole, std::ios::binary | std::ios::trunc) << text;
        return whole;
    }
    std::size_t count() const
    {
        std::size_t found = 0;
        for (const auto& each : std::filesystem::directory_iterator(path_))
            found += each.path().empty() ? 0 : 1;
        return found;
    }

private:
    std::filesystem::path path_;
};

} // namespace sekisho::test
