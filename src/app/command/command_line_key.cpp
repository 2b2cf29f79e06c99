// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line_key.hpp"

#include "app/command/command_line.hpp"
#include "base/time.hpp"

#include <CLI/CLI.hpp>

namespace sekisho::app
{
namespace
{

class key_grammar
{
public:
    key_grammar(CLI::App& key, key_request& into, key_words& words) : key_(key), into_(into), words_(words) {}

    void add_generate()
    {
        add_action(
            "generate", "Write a new private key; never over a file that is there", key_action::generate
        )
            ->add_option(
                "-o,--out",
                into_.where,
                "File (*.pem: PEM, otherwise JWK) or directory to write to [signing-key.jwk]"
            )
            ->type_name("PATH");
    }

    void add_rotate()
    {
        auto* rotate = add_action(
            "rotate",
            "Add the next key to a directory and remove those that are done with",
            key_action::rotate
        );
        rotate->add_option("directory", into_.where, "The directory that oidc.signing_key names")->required();
        rotate->add_option("--publish", words_.publication, "How long it is published before it signs [1h]")
            ->type_name("DURATION");
    }

private:
    CLI::App* add_action(const char* name, const char* meaning, key_action what)
    {
        auto* made = key_.add_subcommand(name, meaning);
        made->fallthrough();
        made->set_help_flag("-h,--help", "Print this help");
        made->callback([into = &into_, what] { into->what = what; });
        made->add_option(
                "--alg",
                words_.algorithm,
                "RS256 … PS512, ES256 … ES512, EdDSA, Ed25519, Ed448; to decrypt: RSA-OAEP-256, "
                "ECDH-ES+A256KW, …"
        )
            ->type_name("ALG");
        return made;
    }

    CLI::App& key_;
    key_request& into_;
    key_words& words_;
};

std::optional<std::string> read_algorithm(key_request& wanted, const std::string& name)
{
    wanted.alg = crypto::find_algorithm(name);
    wanted.decrypts = crypto::find_key_management(name);
    const auto signs = wanted.alg && !crypto::is_symmetric(*wanted.alg);
    if (signs || wanted.decrypts)
        return std::nullopt;
    return "--alg " + name +
           ": expected RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519 or "
           "Ed448, or for a key "
           "that decrypts " +
           crypto::key_management_names();
}

} // namespace

void add_key_actions(CLI::App& key, key_request& into, key_words& words)
{
    key.require_subcommand(0, 1);
    key_grammar actions(key, into, words);
    actions.add_generate();
    actions.add_rotate();
}

std::optional<std::string> complete(key_request& wanted, const key_words& words)
{
    if (!words.algorithm.empty())
        if (auto wrong = read_algorithm(wanted, words.algorithm))
            return wrong;
    if (wanted.decrypts && wanted.where == key_request().where)
        wanted.where = "decryption-key.jwk";
    if (words.publication.empty())
        return std::nullopt;
    const auto time = parse_duration(words.publication);
    if (!time)
        return "--publish " + words.publication + ": " + time.error().detail;
    wanted.publication = std::chrono::ceil<std::chrono::seconds>(*time);
    return std::nullopt;
}

} // namespace sekisho::app
