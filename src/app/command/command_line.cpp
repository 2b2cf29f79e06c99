// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line.hpp"

#include "app/command/command_line_emergency.hpp"
#include "app/command/command_line_key.hpp"
#include "app/command/command_line_register.hpp"
#include "app/command/command_line_session.hpp"
#include "settings/document.hpp"
#include "settings/nearest.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::app
{
namespace
{

constexpr std::string_view introduction =
    R"(sekisho: an authenticating reverse proxy. People sign in at your OpenID Connect provider before they reach the application.

  OIDC_ISSUER=https://login.example.com OIDC_CLIENT_ID=app UPSTREAM_URL=http://127.0.0.1:3000 sekisho
)";

constexpr std::string_view settings_introduction = R"(
Settings, each as --name=value, as a variable of the environment or in the file (shown: [default]).
The reference is docs/configuration.md; `sekisho config reference` prints it.
)";

constexpr std::array<std::string_view, 6> document_names{
    "reference", "schema", "example", "show", "errors", "errors-ja"
};

early_exit misunderstood(std::string complaint)
{
    return {.status = status_unusable, .output = {}, .complaint = "sekisho: " + complaint + "\n"};
}

// "--oidc.issuer": an option whose name has a dot is a setting.
bool names_a_setting(std::string_view argument)
{
    return argument.starts_with("--") && argument.substr(0, argument.find('=')).contains('.');
}

settings::override_value split_assignment(std::string_view text)
{
    const auto equals = text.find('=');
    return {.path = std::string(text.substr(0, equals)), .value = std::string(text.substr(equals + 1))};
}

struct sorted_arguments
{
    std::vector<std::string> options; // for CLI11
    std::vector<settings::override_value> overrides;
};

// Settings are taken out before CLI11 sees the line, so that a misspelt one is reported with all other
// problems.
std::expected<sorted_arguments, early_exit> sort_arguments(const std::vector<std::string>& arguments)
{
    sorted_arguments sorted;
    for (auto each = arguments.begin(); each != arguments.end(); ++each)
    {
        if (!names_a_setting(*each))
            sorted.options.push_back(as_argument(*each));
        else if (each->contains('='))
            sorted.overrides.push_back(split_assignment(std::string_view(*each).substr(2)));
        else if (std::next(each) == arguments.end() || std::next(each)->starts_with("--"))
            return std::unexpected(misunderstood(*each + " needs a value: " + *each + "=…"));
        else
        {
            auto name = each->substr(2);
            sorted.overrides.push_back({.path = std::move(name), .value = *++each});
        }
    }
    return sorted;
}

// The CLI11 application and what it fills.
class grammar
{
public:
    grammar()
    {
        application_.set_help_flag("-h,--help", "Print this help");
        application_.require_subcommand(0, 1);
        application_.add_option("-c,--config", config_file_, "YAML file with settings (or SEKISHO_CONFIG)")
            ->type_name("FILE");
        application_.add_option("--set", assignments_, "One setting; may be repeated")
            ->type_name("NAME=VALUE")
            ->expected(1);
        application_.footer(std::string(settings_introduction) + settings::help());
        add("serve", "Run the gate; this is what sekisho does without a command", action::serve);
        auto* check =
            add("check", "Compose everything without starting, and ask the provider", action::check);
        check->add_flag("--json", is_json_, "Report as JSON");
        check->add_flag("--ticket", wants_ticket_, "With --json: also a ticket for the test page");
        auto* config = add("config", "Print a document about the settings", action::config);
        config->add_option("what", document_, "reference | schema | example | show | errors | errors-ja");
        config->add_flag("--json", is_json_, "With show: as JSON");
        auto* health = add("health", "Ask the running gate whether it is well", action::health);
        health->add_flag("--ready", is_ready_, "Ask whether it is ready for requests, not only alive");
        auto* key = add("key", "Say what to register at the provider for oidc.signing_key", action::key);
        add_key_actions(*key, command_.key, key_words_);
        auto* emergency = add("emergency", "Say who may come in beside the provider", action::emergency);
        add_emergency_actions(*emergency, command_.emergency);
        auto* session = add("session", "Say who has a session, and end sessions", action::session);
        add_session_actions(*session, command_.session).add_flag("--json", is_json_, "As JSON");
        auto* registration =
            add("register", "Register this client at the provider (RFC 7591)", action::registration);
        add_register_options(*registration, command_.registration);
        add("secret", "Print a good value for session.secret", action::secret);
        add("version", "Print the version and what it was built with", action::version);
    }

    std::expected<command, early_exit> parse(std::vector<std::string> options)
    {
        std::ranges::reverse(options); // as CLI11 takes them
        try                            // CLI11 reports by exception only, help included
        {
            application_.parse(options);
        }
        catch (const CLI::Success&)
        {
            return std::unexpected(early_exit{.status = 0, .output = help(), .complaint = {}});
        }
        catch (const CLI::ExtrasError&)
        {
            return std::unexpected(unexpected_arguments());
        }
        catch (const CLI::ParseError& failure)
        {
            return std::unexpected(
                misunderstood(std::string(failure.what()) + "; `sekisho --help` lists the options")
            );
        }
        return read();
    }

private:
    CLI::App* add(const char* name, const char* meaning, action what)
    {
        auto* subcommand = application_.add_subcommand(name, meaning);
        subcommand->fallthrough();
        subcommand->set_help_flag("-h,--help", "Print this help");
        subcommand->callback([this, what] { command_.what = what; });
        return subcommand;
    }

    std::string help() const
    {
        auto chosen = application_.get_subcommands();
        if (chosen.empty())
            return std::string(introduction) + application_.help("sekisho");
        const auto inner = chosen.front()->get_subcommands();
        return inner.empty() ? chosen.front()->help() : inner.front()->help();
    }

    early_exit unexpected_arguments() const
    {
        const auto extras = application_.remaining(true);
        const auto name = extras.empty() ? std::string() : extras.front().substr(0, extras.front().find('='));
        const std::array<std::string, 15> known{
            "--config",
            "--set",
            "--json",
            "--ticket",
            "--ready",
            "--help",
            "serve",
            "check",
            "config",
            "health",
            "key",
            "emergency",
            "session",
            "register",
            "version"
        };
        const auto meant = settings::nearest(name, known);
        return misunderstood(
            "\"" + name + "\" is not " + (name.starts_with('-') ? "an option here" : "a command") +
            (meant && *meant != name ? "; did you mean " + *meant + "?" : "; `sekisho --help` lists them")
        );
    }

    std::expected<command, early_exit> read()
    {
        if (!config_file_.empty())
            command_.request.config_file = config_file_;
        for (const auto& text : assignments_)
        {
            if (!text.contains('='))
                return std::unexpected(misunderstood("--set takes NAME=VALUE, not \"" + text + "\""));
            command_.request.overrides.push_back(split_assignment(text));
        }
        const auto found = std::ranges::find(document_names, document_);
        if (found == document_names.end())
            return std::unexpected(misunderstood(
                "there is no document \"" + document_ +
                "\": expected reference, schema, example, show, errors or errors-ja"
            ));
        command_.document = static_cast<document>(found - document_names.begin());
        if (const auto wrong = complete(command_.key, key_words_))
            return std::unexpected(misunderstood(*wrong));
        if (const auto wrong = complaint_about(command_.session))
            return std::unexpected(misunderstood(*wrong));
        if (const auto wrong = complaint_about(command_.registration))
            return std::unexpected(misunderstood(*wrong));
        command_.format = is_json_ ? report_format::json : report_format::text;
        command_.ticket = is_json_ && !wants_ticket_ ? test_ticket::left_out : test_ticket::shown;
        command_.probe = is_ready_ ? probe::readiness : probe::liveness;
        return command_;
    }

    CLI::App application_;
    command command_;
    std::string config_file_;
    std::vector<std::string> assignments_;
    std::string document_ = "reference";
    key_words key_words_;
    bool is_json_ = false;
    bool wants_ticket_ = false;
    bool is_ready_ = false;
};

} // namespace

std::expected<command, early_exit> parse_command_line(const std::vector<std::string>& arguments)
{
    auto sorted = sort_arguments(arguments);
    if (!sorted)
        return std::unexpected(std::move(sorted.error()));
    auto parsed = grammar().parse(std::move(sorted->options));
    if (parsed)
        std::ranges::move(sorted->overrides, std::back_inserter(parsed->request.overrides));
    return parsed;
}

} // namespace sekisho::app
