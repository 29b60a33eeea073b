/// A customer whose callbacks can be signed and sealed as WeChat does it.
#pragma once

#include "codec/push.hpp"

#include <memory>
#include <string>

namespace wechat::webhook {

std::shared_ptr<const codec::CallbackAccount> a_customer();

/// A message of the contact, as one request.
codec::CallbackRequest a_message(const codec::CallbackAccount& account, const std::string& text);

}  // namespace wechat::webhook
