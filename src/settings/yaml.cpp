// SPDX-License-Identifier: Apache-2.0
#include "settings/yaml.hpp"

#include "base/encoding.hpp"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <optional>
#include <sstream>
#include <utility>

namespace sekisho::settings
{
namespace
{

int line_of(const YAML::Mark& mark) { return mark.is_null() ? 0 : mark.line + 1; }

[[noreturn]] void refuse(const YAML::Mark& mark, const char* why) { throw YAML::ParserException(mark, why); }

// Builds the tree from yaml-cpp's events, which hold no copies: YAML::Load would build the aliases too.
class builder : public YAML::EventHandler
{
public:
    explicit builder(yaml_limits limits) : limits_(limits) { open_.emplace_back(); }

    yaml_node take_root()
    {
        return open_.front().items.empty() ? yaml_node() : std::move(open_.front().items.front());
    }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        add(make(mark, yaml_node::kind::nothing, "", anchor));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        refuse(mark, "aliases (*name) are not accepted; write the value out");
    }
    void OnScalar(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value
    ) override
    {
        // An unquoted null is "?" with this text; yaml-cpp 0.7 reports it as a scalar.
        const bool is_null = tag == "?" && (value == "~" || value == "null" || value.empty());
        auto node = make(mark, is_null ? yaml_node::kind::nothing : yaml_node::kind::text, tag, anchor);
        node.text = value;
        add(std::move(node));
    }
    void OnSequenceStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value
    ) override
    {
        open(make(mark, yaml_node::kind::list, tag, anchor));
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value
    ) override
    {
        open(make(mark, yaml_node::kind::map, tag, anchor));
    }
    void OnMapEnd() override
    {
        pair_up(open_.back());
        close();
    }

private:
    yaml_node
    make(const YAML::Mark& mark, yaml_node::kind kind, const std::string& tag, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            refuse(mark, "anchors (&name) are not accepted; write the value out where it is needed");
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(mark, "tags (!name) are not accepted");
        if (++nodes_ > limits_.nodes)
            refuse(mark, "the file has too many values");
        yaml_node node;
        node.is = kind;
        node.line = line_of(mark);
        last_mark_ = mark;
        return node;
    }

    void open(yaml_node node)
    {
        if (open_.size() > limits_.depth)
            refuse(last_mark_, "the nesting is too deep");
        open_.push_back(std::move(node));
    }

    void close()
    {
        auto node = std::move(open_.back());
        open_.pop_back();
        add(std::move(node));
    }

    void add(yaml_node node) { open_.back().items.push_back(std::move(node)); }

    // A map's items arrive as key, value, key, value.
    void pair_up(yaml_node& map)
    {
        auto items = std::exchange(map.items, {});
        for (std::size_t index = 0; index + 1 < items.size(); index += 2)
        {
            auto& key = items[index];
            if (key.is != yaml_node::kind::text)
                refuse(last_mark_, "a name must be plain text");
            map.members.push_back(
                {.name = std::move(key.text), .line = key.line, .value = std::move(items[index + 1])}
            );
        }
    }

    yaml_limits limits_;
    std::size_t nodes_ = 0;
    YAML::Mark last_mark_;
    std::vector<yaml_node> open_; // the first is a list that holds the document
};

std::optional<yaml_error> repeated_name(const yaml_node& node)
{
    std::map<std::string_view, int> lines;
    for (const auto& member : node.members)
        if (const auto [first, is_new] = lines.emplace(member.name, member.line); !is_new)
            return yaml_error{
                member.line,
                "\"" + member.name + "\" stands twice; the first is on line " + std::to_string(first->second)
            };
    for (const auto& member : node.members)
        if (auto found = repeated_name(member.value))
            return found;
    for (const auto& item : node.items)
        if (auto found = repeated_name(item))
            return found;
    return std::nullopt;
}

} // namespace

std::expected<yaml_node, yaml_error> parse_yaml(std::string_view text, yaml_limits limits)
{
    if (text.size() > limits.size)
        return std::unexpected(
            yaml_error{0, "the file is larger than " + std::to_string(limits.size / 1024) + " KiB"}
        );
    if (!is_utf8(text) || text.contains('\0'))
        return std::unexpected(yaml_error{0, "the file is not UTF-8 text"});
    std::istringstream stream{std::string(text)};
    builder tree(limits);
    try // yaml-cpp reports by exception only; this is where that ends
    {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(tree))
            return yaml_node{.is = yaml_node::kind::map, .line = 1, .text = {}, .items = {}, .members = {}};
        builder further(limits);
        if (parser.HandleNextDocument(further))
            return std::unexpected(yaml_error{0, "the file has more than one document (---)"});
    }
    catch (const YAML::Exception& failure)
    {
        return std::unexpected(yaml_error{line_of(failure.mark), failure.msg});
    }
    auto root = tree.take_root();
    if (auto twice = repeated_name(root))
        return std::unexpected(std::move(*twice));
    if (root.is == yaml_node::kind::nothing)
        root.is = yaml_node::kind::map;
    return root;
}

} // namespace sekisho::settings
