// link: base
// SPDX-License-Identifier: Apache-2.0
// A URL from anywhere: what is accepted goes together again, to a URL of the same origin and target.
#include "base/url.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    const auto parsed = url::parse(text);
    if (!parsed)
        return 0;
    const auto safe = [](unsigned char c)
    { return c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<'; };
    if (parsed->host().empty() || parsed->port() == 0 || !parsed->path().starts_with('/') ||
        !std::ranges::all_of(text, safe))
        std::abort();
    const auto again = url::parse(parsed->origin() + parsed->target());
    if (!again || !same_origin(*parsed, *again) || again->target() != parsed->target())
        std::abort();
    return 0;
}
