// SPDX-License-Identifier: Apache-2.0
#pragma once
// YAML as a small tree with line numbers, read with limits. Hides yaml-cpp. A subset for settings: one
// document, text keys that stand once, no anchors, aliases or tags, so that a file cannot grow while it is
// read.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

struct yaml_member;

struct yaml_node
{
    enum class kind : std::uint8_t
    {
        nothing, // null
        text,
        list,
        map,
    };
    kind is = kind::nothing;
    int line = 1;
    std::string text;
    std::vector<yaml_node> items;     // of a list
    std::vector<yaml_member> members; // of a map
};

struct yaml_member
{
    std::string name;
    int line = 1;
    yaml_node value;
};

struct yaml_limits
{
    std::size_t size = 256 * 1024; // bytes
    std::size_t depth = 8;
    std::size_t nodes = 10'000;
};

struct yaml_error
{
    int line = 0; // 0: the whole text
    std::string message;
};

// An empty text is an empty map.
std::expected<yaml_node, yaml_error> parse_yaml(std::string_view text, yaml_limits limits = {});

} // namespace sekisho::settings
