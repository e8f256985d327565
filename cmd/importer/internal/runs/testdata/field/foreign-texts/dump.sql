-- MySQL dump 10.13

DROP TABLE IF EXISTS `users`;
CREATE TABLE `users` (`id` int);
INSERT INTO `users` VALUES (1,'ann@example.com');
