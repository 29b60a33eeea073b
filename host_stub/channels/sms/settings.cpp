#include "sms/settings.hpp"

#include "findings.hpp"

#include <boost/asio/ip/address.hpp>

#include <charconv>
#include <optional>

namespace sms {
namespace {

std::optional<Endpoint> endpoint(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    Endpoint found{.address = std::string{text.substr(0, colon)}};
    const auto* const end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data() + colon + 1, end, found.port);
    boost::system::error_code no_address;
    boost::asio::ip::make_address(found.address, no_address);
    return fault == std::errc{} && rest == end && !no_address ? std::optional{found} : std::nullopt;
}

}  // namespace

bool is_e164(std::string_view number)
{
    if (number.size() < 8 || number.size() > 16 || number[0] != '+')
        return false;
    return number.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

SettingsReading read_settings(const channel::Settings& given)
{
    constexpr std::string_view scheme = "http://";
    channels::SettingsReader in{given};
    in.allow_only({"gateway", "listen", "numbers", "token", "store"});
    SettingsReading reading;
    auto& settings = reading.settings;
    const auto gateway = in.text("gateway", true);
    const auto found = gateway.starts_with(scheme) ? endpoint(gateway.substr(scheme.size())) : std::nullopt;
    if (!gateway.empty() && !found)
        in.complain("wrong_gateway", "\"gateway\" must be http://ADDRESS:PORT");
    settings.gateway = found.value_or(Endpoint{});
    const auto listen = in.text("listen", true);
    const auto here = endpoint(listen);
    if (!listen.empty() && !here)
        in.complain("wrong_listen", "\"listen\" must be ADDRESS:PORT");
    settings.listen = here.value_or(Endpoint{});
    settings.numbers = in.texts("numbers");
    for (const auto& number : settings.numbers) {
        if (!is_e164(number))
            in.complain("wrong_number", "\"" + number + "\" is no number such as +4930123456");
    }
    settings.token = in.secret("token");
    settings.store = in.path("store", false);
    reading.findings = in.findings();
    return reading;
}

}  // namespace sms
