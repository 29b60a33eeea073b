#include "platform/certificates.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace wechat::scripted {

// `openssl ca`, because it alone can make a certificate that has expired.
Certificates::Certificates()
{
    auto pattern = (std::filesystem::temp_directory_path() / "certificates-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary directory");
    folder_ = pattern;
    std::ofstream{file("index.txt")};
    std::ofstream{file("serial")} << "01\n";
    std::ofstream{file("ca.conf")} << "[ca]\ndefault_ca = here\n[here]\ndatabase = " << file("index.txt")
                                   << "\nserial = " << file("serial")
                                   << "\nnew_certs_dir = " << folder_.string()
                                   << "\ndefault_md = sha256\npolicy = any\nunique_subject = no\n"
                                      "[any]\ncommonName = supplied\n";
    run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority -keyout "
        + file("authority.key") + " -out " + authority());
}

Certificates::~Certificates()
{
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Tls Certificates::signed_for(const std::string& name, const std::string& alternative) const
{
    return make(name, alternative, "-days 2");
}

Tls Certificates::expired_for(const std::string& name, const std::string& alternative) const
{
    return make(name, alternative, "-startdate 20200101000000Z -enddate 20200201000000Z");
}

Tls Certificates::make(const std::string& name, const std::string& alternative, const std::string& times)
    const
{
    const Tls tls{.certificate = file(name + ".pem"), .key = file(name + ".key")};
    std::ofstream{file(name + ".ext")} << "subjectAltName = " << alternative << '\n';
    run("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name + " -keyout " + tls.key
        + " -out " + file(name + ".csr"));
    run("ca -batch -notext -config " + file("ca.conf") + " -cert " + authority() + " -keyfile "
        + file("authority.key") + " -in " + file(name + ".csr") + " -out " + tls.certificate + " -extfile "
        + file(name + ".ext") + ' ' + times);
    return tls;
}

void Certificates::run(const std::string& arguments) const
{
    const auto command = "openssl " + arguments + " >" + file("log") + " 2>&1";
    if (std::system(command.c_str()) != 0)  // NOLINT(concurrency-mt-unsafe): before any thread of the test
        throw std::runtime_error("openssl " + arguments);
}

}  // namespace wechat::scripted
