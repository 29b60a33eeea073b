/// Certificates as a test needs them, made with the openssl program in a directory of their own.
#pragma once

#include "platform/scripted_server.hpp"

#include <filesystem>
#include <string>

namespace wechat::scripted {

class Certificates {
public:
    Certificates();  // makes a certificate authority
    Certificates(const Certificates&) = delete;
    Certificates& operator=(const Certificates&) = delete;
    ~Certificates();

    [[nodiscard]] std::string authority() const { return file("authority.pem"); }

    /// A certificate for 127.0.0.1, localhost ... (subjectAltName: "IP:127.0.0.1", "DNS:localhost").
    [[nodiscard]] Tls signed_for(const std::string& name, const std::string& alternative) const;
    [[nodiscard]] Tls expired_for(const std::string& name, const std::string& alternative) const;

private:
    [[nodiscard]] std::string file(const std::string& name) const { return (folder_ / name).string(); }
    [[nodiscard]] Tls
    make(const std::string& name, const std::string& alternative, const std::string& times) const;
    void run(const std::string& arguments) const;

    std::filesystem::path folder_;
};

}  // namespace wechat::scripted
