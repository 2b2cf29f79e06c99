// SPDX-License-Identifier: Apache-2.0
#pragma once
// The certificate that we show to a server: two PEM files that may be replaced while we run.

#include "base/result.hpp"
#include "base/time.hpp"

#include <memory>
#include <string>

using SSL = struct ssl_st;

namespace sekisho::net
{

struct client_certificate_files
{
    std::string certificate; // PEM, the leaf first, then its chain; empty: none is shown
    std::string key;         // PEM; empty: in the certificate's file
};

// Belongs to one executor.
class client_certificate
{
public:
    // Reads both files. Error: value_malformed; `where` is "client_certificate" or "client_key", the detail
    // names the file.
    static result<std::unique_ptr<client_certificate>> load(client_certificate_files files);
    ~client_certificate();

    // Looks whether a file is another one than the one that was read, and reads both again if so. A pair that
    // is no pair (yet) leaves the old one in use and is logged.
    void refresh();
    // To be shown on this connection, before its handshake.
    bool use_on(SSL* connection) const;

    // When the leaf ends.
    time_point valid_until() const;

private:
    struct pair;
    struct versions;
    client_certificate(client_certificate_files files, std::unique_ptr<const pair> read, versions seen);
    static result<std::unique_ptr<const pair>> read(const client_certificate_files& files);

    client_certificate_files files_;
    std::unique_ptr<const pair> pair_;
    std::unique_ptr<versions> seen_;
};

} // namespace sekisho::net
