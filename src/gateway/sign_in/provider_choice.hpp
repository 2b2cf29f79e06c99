// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a person signs in when there are several providers. Pure: tested as a table.

#include "access/rule.hpp"
#include "base/result.hpp"
#include "gateway/sign_in/email_domain.hpp"
#include "provider/registry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::gateway
{

// What is known of the request; whatever is not there is empty.
struct sign_in_facts
{
    std::string_view host;       // as sent, with port
    std::string_view path;       // the canonical path where the person wants to end
    std::string_view idp;        // the provider that a link names
    std::string_view email;      // as typed
    std::string_view remembered; // the provider of the last time
};

// What is to be said about the address that was typed.
enum class address_note : std::uint8_t
{
    none,
    unknown_domain,
    malformed,
};

struct provider_choice
{
    enum class outcome : std::uint8_t
    {
        one,     // `among` has exactly it
        ask,     // the person chooses among these
        refused, // `reason` says why
    } is = outcome::refused;
    std::vector<std::size_t> among; // in the order to be shown; the one of the last time is the first
    bool has_remembered = false;    // whether the first one is that of the last time
    bool asks_email = false;        // whether one of this host's providers has domains of its own
    address_note note = address_note::none;
    std::string login_hint; // the typed address; empty: none that can be used
    std::string reason;     // for the log
};

// The providers' offers, read once. Immutable; may be shared between threads.
class provider_offers
{
public:
    // Names are unique. Errors: value_malformed for a path that is no pattern, for a domain that is not a
    // plain ASCII name, and for one that two providers have; the detail names the provider.
    static result<provider_offers> make(std::span<const provider::configuration> all);
    static result<provider_offers> make(const provider::registry& all);

    // Numbers are those of `all`. In this order:
    // 1. The host: those that name it, else those that name none; nobody else can be reached from it.
    // 2. The address that was typed: if its domain is a provider's own, that one. A link that names another
    // is
    //    refused.
    // 3. The provider that the link names.
    // 4. The path: those that name it (the longest pattern wins), else those that name none, else all. After
    //    an address that is nobody's only those without domains are left, and the person is asked even if
    //    that is one.
    provider_choice choose(const sign_in_facts& facts) const;

    domain_lists domains() const noexcept { return domains_; }
    // nullopt: none has that name.
    std::optional<std::size_t> number_of(std::string_view name) const noexcept;
    const std::string& name(std::size_t index) const noexcept { return rows_[index].name; }

private:
    struct row
    {
        std::string name;
        std::uint32_t order = 0;
        std::vector<std::string> hosts;
        std::vector<access::path_pattern> paths;
    };
    using numbers = std::vector<std::size_t>;

    result<void> add(const provider::configuration& one);
    numbers of_host(std::string_view host) const;
    numbers of_path(const numbers& here, std::string_view path) const;
    std::size_t path_length(std::size_t index, std::string_view path) const;
    provider_choice of_owner(std::size_t owner, const sign_in_facts& facts) const;
    provider_choice of_link(const numbers& here, std::string_view idp) const;
    provider_choice to_be_shown(numbers among, std::string_view remembered) const;
    void note_address(provider_choice& choice, const numbers& here, std::string_view domain) const;
    bool has_domains(const numbers& here) const;

    std::vector<row> rows_;
    std::vector<std::vector<std::string>> domains_;
};

} // namespace sekisho::gateway
