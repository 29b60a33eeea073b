#include "plugin/channel.hpp"

CHANNEL_PLUGIN(wechat::plugin::WeChatChannel)
