// link: base
// SPDX-License-Identifier: Apache-2.0
// JSON from anywhere: what is accepted is no deeper than the limit and means the same once written and read
// again.
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;

namespace
{

std::size_t depth(const json& value)
{
    if (!value.is_structured())
        return 0;
    std::size_t deepest = 0;
    for (const auto& each : value)
        deepest = std::max(deepest, depth(each));
    return deepest + 1;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    const auto value = parse_json(text, {.size = 4096, .depth = 8});
    if (!value)
        return 0;
    // We are stricter than the library, never laxer.
    if (size > 4096 || depth(*value) > 8 || !json::accept(text) || json::parse(text) != *value)
        std::abort();
    const auto again = parse_json(to_text(*value), {.size = 64 * std::size_t{1024}, .depth = 8});
    if (!again || *again != *value)
        std::abort();
    return 0;
}
