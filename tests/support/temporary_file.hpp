// SPDX-License-Identifier: Apache-2.0
#pragma once
// A file that is gone at the end of the test.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace sekisho::test
{

class temporary_file
{
public:
    explicit temporary_file(const std::string& content)
        : path_((std::filesystem::temp_directory_path() / "sekisho-XXXXXX").string())
    {
        ::close(::mkstemp(path_.data()));
        write(content);
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() { std::filesystem::remove(path_); }

    const std::string& path() const { return path_; }
    void write(const std::string& content) const { std::ofstream(path_, std::ios::binary) << content; }
    // As those do who renew certificates: another file under the same name.
    void replace(const std::string& content) const
    {
        const auto next = path_ + ".next";
        std::ofstream(next, std::ios::binary) << content;
        std::filesystem::rename(next, path_);
    }

private:
    std::string path_;
};

} // namespace sekisho::test
