/// A customer's file (policy.md 9): YAML in; values, or every complaint at once, out.
#pragma once

#include "base/ids.hpp"
#include "base/secret.hpp"
#include "config/complaint.hpp"
#include "policy/rules.hpp"
#include "texts/wordings.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::config {

/// How WeChat sends callbacks (wechat-protocol.md 1.1).
enum class CallbackMode {
    plain,       // readable, signed in the URL only
    compatible,  // readable and sealed: the sealed part is believed
    secure,      // sealed; anything readable is refused
};

/// The official account: how we speak to WeChat, and how WeChat speaks to us.
struct WeChat {
    AppId app_id = {};
    Secret app_secret = {};
    Secret token = {};                            // of callbacks, 3 to 32 letters and digits
    std::optional<Secret> encoding_aes_key = {};  // 43 characters; there unless the mode is plain
    std::optional<Secret> previous_encoding_aes_key =
        {};  // good beside the other one, while a key is changed
    CallbackMode callback_mode = CallbackMode::secure;
    std::string api = "https://api.weixin.qq.com";  // http:// for this machine only
    /// What a place becomes; {latitude}, {longitude} and {name} are filled in.
    /// UNVERIFIED: the form of the link to the maps of WeChat's maker.
    std::string map_link = "https://apis.map.qq.com/uri/v1/"
                           "marker?marker=coord:{latitude},{longitude};title:{name}&referer=wechat";
    std::set<Kind> can_send = policy::sendable;  // S5: what the account's rights let it send
};

struct CustomerFile {
    Customer customer = {};
    bool enabled = true;
    WeChat wechat = {};
    policy::Rules rules = {};  // customer and texts are set
    std::string locale = "en";
    texts::Wordings wordings = {};  // of every locale; rules.texts are those of the customer's own
};

/// One file, read: a customer, or at least one complaint.
struct Reading {
    std::string file = {};  // as complaints name it
    std::optional<CustomerFile> customer = {};
    Complaints complaints = {};  // in the order of the file
};

/// No customer's file comes near it; a larger one is refused unread.
inline constexpr std::size_t file_limit = 1U << 20U;  // bytes

/// The longest name of an employee: an id of the contract (abi.h, Text). Counts in contact.speaker's longest text.
inline constexpr std::size_t longest_employee = 255;  // bytes

/// Reads one customer's file. Secrets are fetched: from the environment, and from files beside this one.
///
/// file   names the complaints; {file: PATH} starts at its directory. It is not opened: yaml is what it holds
/// What can be wrong: complaint.hpp. Bounded in time and memory, whatever the bytes are.
[[nodiscard]] Reading read_customer(std::string_view yaml, const std::filesystem::path& file);

/// Reads files and checks them against each other: a name or an app_id that stands in two is a complaint in both,
/// because nobody knows which one is meant. A file with other complaints takes no part in that.
///
/// The result is in the order of the files.
[[nodiscard]] std::vector<Reading> read_customers(const std::vector<std::filesystem::path>& files);

}  // namespace wechat::config
