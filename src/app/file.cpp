// SPDX-License-Identifier: Apache-2.0
#include "app/file.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace sekisho::app
{

result<std::string> read_file(const std::string& name)
{
    constexpr std::size_t largest = 1024 * 1024;
    errno = 0;
    std::ifstream file(name, std::ios::binary);
    if (!file)
        return fail(errc::value_malformed, "file", std::system_category().message(errno));
    std::string text(largest + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad())
        return fail(errc::value_malformed, "file", std::system_category().message(errno));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > largest)
        return fail(errc::value_malformed, "file", "larger than 1 MiB");
    return text;
}

} // namespace sekisho::app
