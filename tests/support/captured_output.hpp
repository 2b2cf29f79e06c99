// SPDX-License-Identifier: Apache-2.0
#pragma once
// Standard output as text, while this lives.

#include <cstddef>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace sekisho::test
{

class captured_output
{
public:
    captured_output() : file_(::memfd_create("captured", 0)), saved_(::dup(STDOUT_FILENO))
    {
        ::dup2(file_, STDOUT_FILENO);
    }
    ~captured_output()
    {
        restore();
        ::close(file_);
    }
    captured_output(const captured_output&) = delete;
    captured_output& operator=(const captured_output&) = delete;

    // What was written so far; from here on output goes where it went before.
    std::string take()
    {
        restore();
        std::string out(static_cast<std::size_t>(::lseek(file_, 0, SEEK_END)), '\0');
        const auto read = ::pread(file_, out.data(), out.size(), 0);
        out.resize(read > 0 ? static_cast<std::size_t>(read) : 0);
        return out;
    }

private:
    void restore()
    {
        if (saved_ < 0)
            return;
        ::dup2(saved_, STDOUT_FILENO);
        ::close(saved_);
        saved_ = -1;
    }

    int file_;
    int saved_;
};

} // namespace sekisho::test
