// SPDX-License-Identifier: Apache-2.0
#include "http/target.hpp"

#include "http/fields.hpp"

#include <algorithm>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "request target";

// "HOST:80" and "host" name the same for http.
bool same_authority(std::string_view left, std::string_view right, std::string_view default_port) noexcept
{
    for (std::string_view* each : {&left, &right})
        if (each->ends_with(default_port))
            each->remove_suffix(default_port.size());
    return !left.empty() && equal_names(left, right);
}

} // namespace

class target_reader
{
public:
    static result<canonical_target> whole(std::string_view literal)
    {
        canonical_target target;
        target.sent_ = literal;
        target.path_size_ = literal.size();
        return target;
    }

    // `text` starts with "/".
    static result<canonical_target> origin_form(std::string_view text, encoded_slash slashes)
    {
        const path_scan seen = scan_path(text, slashes);
        if (!seen.problem.empty())
            return fail(errc::request_target_ambiguous, where, std::string(seen.problem));
        const std::string_view rest = text.substr(seen.path_size);
        if (!is_target_text(rest))
            return fail(
                errc::request_target_ambiguous,
                where,
                "the query has a control, space, '#' or non-ASCII character"
            );
        canonical_target target;
        target.sent_ = text;
        target.path_size_ = seen.path_size;
        if (seen.is_canonical)
            return target;
        auto path = normalized_path(text.substr(0, seen.path_size));
        if (!path)
            return std::unexpected(std::move(path.error()));
        target.owned_ = std::move(*path);
        target.path_size_ = target.owned_.size();
        target.owned_.append(rest);
        return target;
    }

    // RFC 9112, 3.2.2.
    static result<canonical_target>
    absolute_form(std::string_view raw, std::string_view method, std::string_view host, encoded_slash slashes)
    {
        const std::size_t colon = raw.find("://");
        const std::string_view scheme = raw.substr(0, colon);
        const bool is_https = equal_names(scheme, "https");
        if (colon == std::string_view::npos || (!is_https && !equal_names(scheme, "http")))
            return fail(errc::request_malformed, where, "neither a path nor an http or https address");
        raw.remove_prefix(colon + 3);
        const std::size_t end = std::min(raw.find_first_of("/?#\\"), raw.size());
        if (!same_authority(raw.substr(0, end), host, is_https ? ":443" : ":80"))
            return fail(
                errc::request_target_ambiguous, where, "the address names another host than the Host field"
            );
        raw.remove_prefix(end);
        if (raw.empty())
            return whole(method == "OPTIONS" ? "*" : "/"); // RFC 9112, 3.2.4
        if (raw.front() == '?')
            return with_root(raw);
        if (raw.front() != '/')
            return fail(errc::request_target_ambiguous, where, "the address has a fragment or a backslash");
        return origin_form(raw, slashes);
    }

private:
    static result<canonical_target> with_root(std::string_view query)
    {
        if (!is_target_text(query))
            return fail(
                errc::request_target_ambiguous,
                where,
                "the query has a control, space, '#' or non-ASCII character"
            );
        canonical_target target;
        target.owned_.append("/").append(query);
        target.path_size_ = 1;
        return target;
    }
};

std::string_view canonical_target::query() const noexcept
{
    return has_query() ? text().substr(path_size_ + 1) : std::string_view();
}

result<canonical_target>
canonicalize(std::string_view raw, std::string_view method, std::string_view host, encoded_slash slashes)
{
    if (method == "CONNECT")
        return fail(errc::request_method_not_allowed, where, "CONNECT: this is not a forward proxy");
    if (raw.starts_with('/'))
        return target_reader::origin_form(raw, slashes);
    if (raw == "*" && method == "OPTIONS")
        return target_reader::whole(raw);
    return target_reader::absolute_form(raw, method, host, slashes);
}

} // namespace sekisho::http
