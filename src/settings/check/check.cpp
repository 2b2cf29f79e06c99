// SPDX-License-Identifier: Apache-2.0
#include "settings/check/check.hpp"

#include "settings/check/examination.hpp"
#include "settings/table.hpp"

#include <utility>

namespace sekisho::settings
{

namespace
{

std::string variable_of(std::string_view path)
{
    const auto what = find_setting(path);
    return what ? environment_name(*what) : environment_name(path);
}

} // namespace

void examination::add(std::vector<finding>& to, std::string_view path, std::string message)
{
    const auto& where = by_.of(path);
    if (where.is_unusable) // said already
        return;
    to.push_back(
        {.place = where.from == source::built_in || where.from == source::preset ? "" : where.place,
         .setting = std::string(path),
         .message = std::move(message)}
    );
}

void examination::refuse(std::string_view path, std::string message)
{
    add(found_.problems, path, std::move(message));
}

void examination::warn(std::string_view path, std::string message)
{
    add(found_.warnings, path, std::move(message));
}

void examination::require(std::string_view path, std::string_view what)
{
    refuse(
        path,
        "is not set: " + std::string(what) + "; set " + variable_of(path) + ", or " + std::string(path) +
            " in the file"
    );
}

findings check(const model& values, const origins& by)
{
    examination about(values, by);
    check_providers(about);
    check_server(about);
    check_upstream(about);
    check_session(about);
    check_redis(about);
    check_identity(about);
    check_access(about);
    check_admin(about);
    check_emergency(about);
    return about.take();
}

} // namespace sekisho::settings
