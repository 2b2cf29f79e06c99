// SPDX-License-Identifier: Apache-2.0
#pragma once
// Makes a row of the table from a member of the model: its form, reader and printer come from the member's
// type.

#include "settings/table.hpp"

#include <utility>

namespace sekisho::settings
{

template <class T>
struct item_of
{
    using type = T;
    static constexpr bool is_list = false;
};
template <class T>
struct item_of<std::vector<T>>
{
    using type = T;
    static constexpr bool is_list = true;
};

// With what the row says otherwise.
template <class T>
constexpr form form_of(const description& about)
{
    auto made = spelling<T>::described;
    made.separated_by = about.separated_by.value_or(made.separated_by);
    return made;
}

// The reason or, without one, the expected form is added by the caller.
template <class T>
std::optional<std::string> assign_list(std::vector<T>& into, const raw_value& value, const description& about)
{
    const auto by = form_of<T>(about).separated_by;
    const auto items = value.form == raw_value::shape::list ? value.items : split_list(value.items.at(0), by);
    std::vector<T> list;
    for (const auto& item : items)
    {
        if (item.empty())
            return "an item is empty";
        auto read = spelling<T>::read(item);
        if (!read)
            return std::move(read.error());
        list.push_back(std::move(*read));
    }
    into = std::move(list);
    return std::nullopt;
}

template <class T>
bool is_zero(const T& value)
{
    if constexpr (std::is_default_constructible_v<T> && std::equality_comparable<T>)
        return value == T{};
    else
        return false;
}
template <class T>
bool is_zero(const std::optional<T>& value)
{
    return value && is_zero(*value);
}

template <class T>
std::optional<std::string> assign_one(T& into, const raw_value& value, const description& about)
{
    if (value.form == raw_value::shape::list)
        return "it is a list";
    auto read = spelling<T>::read(value.items.at(0));
    if (!read)
        return std::move(read.error());
    if (about.allowed == range::not_zero && is_zero(*read))
        return "it must be more than 0";
    into = std::move(*read);
    return std::nullopt;
}

template <class T>
std::string print_list(const std::vector<T>& values)
{
    constexpr auto between = spelling<T>::described.separated_by == separation::semicolon ? "; " : ", ";
    std::string text;
    for (const auto& value : values)
        text.append(text.empty() ? "" : between).append(spelling<T>::print(value));
    return text;
}

// One row of the table for the member `Member` of the section `Section`.
template <auto Section, auto Member>
constexpr row define(description about)
{
    using value = std::remove_cvref_t<decltype(std::declval<model>().*Section.*Member)>;
    using item = item_of<value>;
    const auto assign = [](model& into, const raw_value& from, const description& of
                        ) -> std::optional<std::string>
    {
        if constexpr (item::is_list)
            return assign_list(into.*Section.*Member, from, of);
        else
            return assign_one(into.*Section.*Member, from, of);
    };
    const auto print = [](const model& from) -> std::string
    {
        if constexpr (item::is_list)
            return print_list(from.*Section.*Member);
        else
            return spelling<value>::print(from.*Section.*Member);
    };
    return row{about, form_of<typename item::type>(about), item::is_list, assign, print};
}

} // namespace sekisho::settings
