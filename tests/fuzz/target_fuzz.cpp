// link: http
// SPDX-License-Identifier: Apache-2.0
// A canonical target is a fixed point, has no dot segment, no fragment and never names another host.
#include "base/encoding.hpp"
#include "http/target.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace
{

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void hold(std::string_view raw, sekisho::http::encoded_slash slashes)
{
    const auto once = sekisho::http::canonicalize(raw, "GET", "app.example", slashes);
    if (!once)
        return;
    const auto twice = sekisho::http::canonicalize(once->text(), "GET", "app.example", slashes);
    require(twice && twice->text() == once->text() && twice->is_view());
    require(once->path().starts_with('/') && !once->path().starts_with("//"));
    const std::string path = std::string(once->path()) + "/";
    for (const std::string_view hidden : {"/../", "/./", "/..;", "/.;", "%2e", "%2E", "%00", "\\"})
        require(path.find(hidden) == std::string::npos);
    for (const char each : once->text())
        require(each > 0x20 && each < 0x7f && each != '#');
    if (slashes == sekisho::http::encoded_slash::refuse)
        require(path.find("%2F") == std::string::npos && path.find("%5C") == std::string::npos);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto raw = sekisho::as_text(std::as_bytes(std::span(data, size)));
    hold(raw, sekisho::http::encoded_slash::refuse);
    hold(raw, sekisho::http::encoded_slash::keep);
    return 0;
}
