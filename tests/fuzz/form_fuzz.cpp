// link: http
// SPDX-License-Identifier: Apache-2.0
// What a form says survives being written and read again, and limits hold.
#include "base/encoding.hpp"
#include "http/form.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sekisho;
    const auto text = as_text(std::as_bytes(std::span(data, size)));
    const http::form_limits limits{.fields = 20, .bytes = 4096};
    const auto read = http::form::parse(text, limits);
    if (!read)
        return 0;
    if (read->fields().size() > limits.fields || text.size() > limits.bytes)
        std::abort();
    http::form_writer writer;
    for (const auto& each : read->fields())
    {
        writer.add(each.name, each.value);
        if (read->unique(each.name).has_value() != (read->count(each.name) == 1))
            std::abort();
    }
    const auto again = http::form::parse(writer.text());
    const auto same = [](const http::form_field& left, const http::form_field& right)
    { return left.name == right.name && left.value == right.value; };
    if (!again || !std::ranges::equal(read->fields(), again->fields(), same))
        std::abort();
    return 0;
}
