#include "replay/account.hpp"

namespace replay::account {

std::string customer_file(const Scenario& scenario, const std::string& api)
{
    auto file = scenario.customer_sections;
    const auto line = [&](const std::string& text) { file += text + "\n"; };
    line(std::string{"customer: "} + customer);
    line("wechat:");
    line(std::string{"  app_id: "} + app_id);
    line(std::string{"  app_secret: \""} + app_secret + "\"");
    line(std::string{"  token: "} + token);
    line(std::string{"  encoding_aes_key: "} + encoding_aes_key);
    line("  callback_mode: secure");
    line("  api: " + api);
    return file;
}

}  // namespace replay::account
